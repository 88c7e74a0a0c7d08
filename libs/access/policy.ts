import type { Role } from './principal.ts';

/** Who may call a route: everyone, or those who carry a token of one of the roles. */
export type Admission = 'public' | readonly Role[];

const EVERY_ROLE: readonly Role[] = [
  'buyer',
  'cfo',
  'logistics',
  'site',
  'desk',
  'compliance',
  'analyst',
  'auditor',
  'admin',
];
const COMPANY_READERS: readonly Role[] = ['buyer', 'cfo', 'logistics', 'site', 'compliance', 'analyst', 'auditor'];
const LEDGER = '/v1/ledgers/{ledger}';

/**
 * Every route of the application and who may call it; on what, scope.ts says. An application with a route that is not here refuses to start.
 * A route that ends in `/*` stands for all below it.
 */
export const POLICY: Readonly<Record<string, Admission>> = {
  'GET /': 'public',
  'GET /{uiFile}': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /openapi.json': 'public',
  'GET /asyncapi.json': 'public',
  'GET /docs/*': 'public',
  'GET /schemas/{schema}': 'public',
  'GET /problems/{code}': 'public',
  'POST /demo/token': 'public',
  'GET /demo/jwks.json': 'public',

  'POST /v1/ledgers': ['admin'],
  [`POST ${LEDGER}/branches`]: ['admin', 'analyst'],
  [`POST ${LEDGER}/companies`]: ['admin'],
  [`POST ${LEDGER}/skus`]: ['admin'],
  [`POST ${LEDGER}/screenings`]: ['compliance'],
  [`POST ${LEDGER}/sites`]: ['site'],
  [`POST ${LEDGER}/sites/{siteId}/capacity-notices`]: ['site'],
  [`POST ${LEDGER}/opening-balances`]: ['site'],
  [`POST ${LEDGER}/budgets`]: ['cfo'],
  [`POST ${LEDGER}/orders`]: ['buyer'],
  [`POST ${LEDGER}/orders/{orderId}/approvals`]: ['buyer', 'cfo'],
  [`POST ${LEDGER}/orders/{orderId}/tranches/{trancheId}/confirmations`]: ['desk'],
  [`POST ${LEDGER}/shipments`]: ['desk'],
  [`POST ${LEDGER}/shipments/{shipmentId}/receipts`]: ['site'],
  [`POST ${LEDGER}/shipments/{shipmentId}/acceptances`]: ['site'],
  [`POST ${LEDGER}/redirections`]: ['logistics'],
  [`POST ${LEDGER}/redirections/{redirectionId}/approvals`]: ['logistics', 'cfo'],

  [`POST ${LEDGER}/orders/{orderId}/rejections`]: ['buyer', 'cfo'],
  [`POST ${LEDGER}/orders/{orderId}/tranches/{trancheId}/reschedulings`]: ['desk'],
  [`POST ${LEDGER}/orders/{orderId}/tranches/{trancheId}/resitings`]: ['logistics'],
  [`POST ${LEDGER}/orders/{orderId}/tranches/{trancheId}/splits`]: ['logistics'],
  [`POST ${LEDGER}/orders/{orderId}/tranches/{trancheId}/cancellations`]: ['buyer'],
  [`POST ${LEDGER}/amendments`]: ['buyer'],
  [`POST ${LEDGER}/amendments/{amendmentId}/approvals`]: ['buyer', 'cfo'],
  [`POST ${LEDGER}/amendments/{amendmentId}/confirmations`]: ['desk'],
  [`POST ${LEDGER}/amendments/{amendmentId}/rejections`]: ['desk'],
  [`POST ${LEDGER}/amendments/{amendmentId}/withdrawals`]: ['buyer', 'cfo'],
  [`POST ${LEDGER}/shipments/{shipmentId}/eta-revisions`]: ['desk'],
  [`POST ${LEDGER}/shipments/{shipmentId}/holds`]: ['logistics'],
  [`POST ${LEDGER}/shipments/{shipmentId}/releases`]: ['logistics'],
  [`POST ${LEDGER}/shipments/{shipmentId}/splits`]: ['logistics'],
  [`POST ${LEDGER}/shipments/{shipmentId}/losses`]: ['desk'],
  [`POST ${LEDGER}/shipments/{shipmentId}/corrections`]: ['site'],
  [`POST ${LEDGER}/shipments/{shipmentId}/shortfall-resolutions`]: ['buyer'],
  [`POST ${LEDGER}/returns`]: ['site'],
  [`POST ${LEDGER}/returns/{returnId}/confirmations`]: ['desk'],
  [`POST ${LEDGER}/sites/{siteId}/capacity-restorations`]: ['site'],
  [`POST ${LEDGER}/sites/{siteId}/overloads`]: ['cfo'],
  [`POST ${LEDGER}/redirections/{redirectionId}/rejections`]: ['logistics', 'cfo'],
  [`POST ${LEDGER}/redirections/{redirectionId}/withdrawals`]: ['logistics'],
  [`POST ${LEDGER}/exposure-waivers`]: ['cfo'],
  [`POST ${LEDGER}/title-transfers`]: ['logistics'],
  [`POST ${LEDGER}/stock-moves`]: ['logistics'],
  [`POST ${LEDGER}/energisations`]: ['site'],
  [`POST ${LEDGER}/claims`]: ['analyst'],
  [`POST ${LEDGER}/evidence`]: ['buyer', 'cfo', 'logistics', 'site', 'desk', 'compliance', 'analyst'],
  [`POST ${LEDGER}/approval-limits`]: ['cfo'],
  [`POST ${LEDGER}/policies`]: ['admin'],
  [`POST ${LEDGER}/requests/{requestId}/approvals`]: ['cfo', 'site', 'admin'],
  [`POST ${LEDGER}/requests/{requestId}/rejections`]: ['cfo', 'site', 'admin'],
  [`POST ${LEDGER}/requests/{requestId}/withdrawals`]: ['cfo', 'site', 'admin'],

  'GET /v1/ledgers': EVERY_ROLE,
  [`GET ${LEDGER}`]: EVERY_ROLE,
  [`GET ${LEDGER}/branches`]: EVERY_ROLE,
  [`GET ${LEDGER}/branches/{branchId}/differences`]: COMPANY_READERS,
  [`GET ${LEDGER}/positions`]: COMPANY_READERS,
  [`GET ${LEDGER}/delivery-schedule`]: [...COMPANY_READERS, 'desk'],
  [`GET ${LEDGER}/exposures`]: COMPANY_READERS,
  [`GET ${LEDGER}/redirections`]: COMPANY_READERS,
  [`GET ${LEDGER}/claims`]: COMPANY_READERS,
  [`GET ${LEDGER}/evidence`]: [...COMPANY_READERS, 'desk'],
  [`GET ${LEDGER}/funds`]: COMPANY_READERS,
  [`GET ${LEDGER}/slippage`]: COMPANY_READERS,
  [`GET ${LEDGER}/site-load`]: COMPANY_READERS,
  [`GET ${LEDGER}/headroom`]: COMPANY_READERS,
  [`GET ${LEDGER}/breaches`]: COMPANY_READERS,
  [`GET ${LEDGER}/idleness`]: COMPANY_READERS,
  [`GET ${LEDGER}/lineage`]: COMPANY_READERS,
  [`GET ${LEDGER}/differences`]: COMPANY_READERS,
  [`GET ${LEDGER}/inbox`]: [...COMPANY_READERS, 'desk'],
  [`GET ${LEDGER}/orders/{orderId}`]: [...COMPANY_READERS, 'desk'],
  [`GET ${LEDGER}/shipments/{shipmentId}`]: [...COMPANY_READERS, 'desk'],
  [`GET ${LEDGER}/redirections/{redirectionId}`]: COMPANY_READERS,
  [`GET ${LEDGER}/sites/{siteId}`]: COMPANY_READERS,
  [`GET ${LEDGER}/amendments/{amendmentId}`]: [...COMPANY_READERS, 'desk'],
  [`GET ${LEDGER}/returns/{returnId}`]: [...COMPANY_READERS, 'desk'],
  [`GET ${LEDGER}/requests/{requestId}`]: COMPANY_READERS,
  [`GET ${LEDGER}/approval-limits`]: COMPANY_READERS,
  [`GET ${LEDGER}/policies`]: EVERY_ROLE,
  [`GET ${LEDGER}/controls`]: ['compliance', 'analyst', 'auditor'],
  [`GET ${LEDGER}/events`]: ['compliance', 'analyst', 'auditor'],
  [`GET ${LEDGER}/events/live`]: ['compliance', 'analyst', 'auditor'],
  [`GET ${LEDGER}/projections`]: ['admin', 'compliance', 'analyst', 'auditor'],
};

/** The roles whose reads cross companies and are therefore recorded. */
export const READS_ACROSS_COMPANIES: ReadonlySet<Role> = new Set<Role>(['compliance', 'analyst', 'auditor']);

/** The admission of `METHOD /path/{template}`; undefined when the policy does not name it. */
export function admissionTo(route: string): Admission | undefined {
  if (Object.hasOwn(POLICY, route)) return POLICY[route];
  return wildcards.find(([prefix]) => route === prefix || route.startsWith(`${prefix}/`))?.[1];
}

const wildcards = Object.entries(POLICY)
  .filter(([route]) => route.endsWith('/*'))
  .map(([route, admission]) => [route.slice(0, -2), admission] as const);
