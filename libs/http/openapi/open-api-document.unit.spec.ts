import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { admissionTo, COMPANY_ROLES, GROUP_ROLES, REQUESTABLE_ROUTES, type Role } from '#libs/access';
import type { LedgerCommandType, LedgerEventType } from '#libs/domain';
import { takesIfMatch } from '../admission/conditions.ts';
import { askedSchemas } from './closed-bodies.ts';
import { openApiDocument } from './open-api-document.ts';

/** Who may give which command, as the actors' guide says it. */
const MAY: Record<LedgerCommandType, readonly Role[]> = {
  RegisterCompany: ['admin'],
  RegisterSku: ['admin'],
  RecordScreening: ['compliance'],
  RegisterSite: ['site'],
  ReportCapacityUnavailable: ['site'],
  RecordOpeningBalance: ['site'],
  ApproveBudget: ['cfo'],
  PlaceOrder: ['buyer'],
  ApproveOrder: ['buyer', 'cfo'],
  ConfirmTranche: ['desk'],
  DispatchShipment: ['desk'],
  ProposeRedirection: ['logistics'],
  ApproveRedirection: ['logistics', 'cfo'],
  ReceiveShipment: ['site'],
  AcceptReceipt: ['site'],
  RejectOrder: ['buyer', 'cfo'],
  RescheduleTranche: ['desk'],
  ResiteTranche: ['logistics'],
  SplitTranche: ['logistics'],
  CancelTranche: ['buyer'],
  ProposeAmendment: ['buyer'],
  ApproveAmendment: ['buyer', 'cfo'],
  ConfirmAmendment: ['desk'],
  RejectAmendment: ['desk'],
  WithdrawAmendment: ['buyer', 'cfo'],
  ReviseEta: ['desk'],
  HoldShipment: ['logistics'],
  ReleaseShipment: ['logistics'],
  SplitShipment: ['logistics'],
  ReportShipmentLost: ['desk'],
  CorrectReceipt: ['site'],
  ResolveShortfall: ['buyer'],
  ReturnUnits: ['site'],
  ConfirmReturn: ['desk'],
  RestoreCapacity: ['site'],
  AllowOverload: ['cfo'],
  RejectRedirection: ['logistics', 'cfo'],
  WithdrawRedirection: ['logistics'],
  WaiveExposure: ['cfo'],
  TransferTitle: ['logistics'],
  MoveStock: ['logistics'],
  EnergiseUnits: ['site'],
  RecordClaim: ['analyst'],
  AttachEvidence: ['buyer', 'cfo', 'logistics', 'site', 'desk', 'compliance', 'analyst'],
  SetApprovalLimit: ['cfo'],
  AdoptPolicy: ['admin'],
  ApproveRequest: ['cfo', 'site', 'admin'],
  RejectRequest: ['cfo', 'site', 'admin'],
  WithdrawRequest: ['cfo', 'site', 'admin'],
};

const COMPANY_READERS: readonly Role[] = ['buyer', 'cfo', 'logistics', 'site', 'compliance', 'analyst', 'auditor'];

/** Who may read what. */
const READS: Record<string, readonly Role[]> = {
  'GET /v1/ledgers': [...COMPANY_ROLES, ...GROUP_ROLES],
  'GET /v1/ledgers/{ledger}': [...COMPANY_ROLES, ...GROUP_ROLES],
  'GET /v1/ledgers/{ledger}/branches': [...COMPANY_ROLES, ...GROUP_ROLES],
  'GET /v1/ledgers/{ledger}/branches/{branchId}/differences': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/positions': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/delivery-schedule': [...COMPANY_ROLES, 'compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/evidence': [...COMPANY_ROLES, 'compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/funds': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/slippage': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/exposures': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/claims': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/redirections': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/site-load': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/headroom': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/breaches': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/idleness': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/lineage': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/differences': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/inbox': [...COMPANY_ROLES, 'compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/orders/{orderId}': [...COMPANY_ROLES, 'compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/shipments/{shipmentId}': [...COMPANY_ROLES, 'compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/redirections/{redirectionId}': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/sites/{siteId}': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/amendments/{amendmentId}': [...COMPANY_ROLES, 'compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/returns/{returnId}': [...COMPANY_ROLES, 'compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/requests/{requestId}': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/approval-limits': COMPANY_READERS,
  'GET /v1/ledgers/{ledger}/policies': [...COMPANY_ROLES, ...GROUP_ROLES],
  'GET /v1/ledgers/{ledger}/controls': ['compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/events': ['compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/events/live': ['compliance', 'analyst', 'auditor'],
  'GET /v1/ledgers/{ledger}/projections': ['admin', 'compliance', 'analyst', 'auditor'],
};

const EVENTS: Record<LedgerEventType, true> = {
  CompanyRegistered: true,
  SkuRegistered: true,
  EndUserScreened: true,
  SiteRegistered: true,
  CapacityUnavailable: true,
  OpeningBalanceRecorded: true,
  BudgetApproved: true,
  FundsCommitted: true,
  FundsConsumed: true,
  FundsMoved: true,
  OrderPlaced: true,
  OrderApproved: true,
  TrancheConfirmed: true,
  ShipmentDispatched: true,
  ShipmentReceived: true,
  ReceiptAccepted: true,
  RedirectionProposed: true,
  RedirectionApproved: true,
  ShipmentRedirected: true,
  CommitmentRedirected: true,
  RedirectionActivated: true,
  RedirectionLegDelivered: true,
  ExposureChanged: true,
  OrderRejected: true,
  TrancheRescheduled: true,
  TrancheResited: true,
  TrancheSplit: true,
  TrancheCancelled: true,
  AmendmentProposed: true,
  AmendmentApproved: true,
  AmendmentConfirmed: true,
  AmendmentRejected: true,
  AmendmentWithdrawn: true,
  TrancheAmended: true,
  TrancheAdded: true,
  FundsReleased: true,
  EtaRevised: true,
  ShipmentHeld: true,
  ShipmentReleased: true,
  ShipmentSplit: true,
  ShipmentLost: true,
  ReceiptCorrected: true,
  ShortfallCancelled: true,
  UnitsReturned: true,
  ReturnConfirmed: true,
  ReplacementPromised: true,
  CapacityRestored: true,
  OverloadAllowed: true,
  RedirectionRejected: true,
  RedirectionWithdrawn: true,
  ExposureWaived: true,
  TitleTransferred: true,
  StockMoved: true,
  UnitsEnergised: true,
  PublicClaimRecorded: true,
  EvidenceAttached: true,
  ApprovalLimitSet: true,
  PolicyAdopted: true,
  CommandRequested: true,
  RequestApproved: true,
  RequestRejected: true,
  RequestWithdrawn: true,
};

interface Operation {
  readonly 'x-command'?: LedgerCommandType;
  readonly 'x-events'?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

describe('the OpenAPI document', () => {
  let operations: readonly { readonly route: string; readonly operation: Operation }[];
  let commands: typeof operations;

  beforeAll(async () => {
    const { paths } = await openApiDocument();
    operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    );
    commands = operations.filter(({ operation }) => operation['x-command'] !== undefined);
  });

  it('is the one in docs', async () => {
    const kept = await readFile(join(import.meta.dirname, '../../../docs/openapi.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(await openApiDocument())));
  });

  it('says that no body of a command, nor what lies in it, has other fields', async () => {
    const made = await openApiDocument();
    const bodies = [...askedSchemas(made)].filter((name) => 'type' in (made.components?.schemas?.[name] ?? {}));
    expect(bodies).toEqual(
      expect.arrayContaining(['PlaceOrderDto', 'OrderedTrancheDto', 'CancelTrancheDto', 'EvidenceDto']),
    );
    expect(
      bodies.filter((name) => made.components?.schemas?.[name]?.['additionalProperties' as never] !== false),
    ).toEqual([]);
  });

  it('has every command once, open to the roles that may give it and to no other', () => {
    const found = commands.map(({ operation, route }) => [operation['x-command'], admissionTo(route)]);
    expect(Object.fromEntries(found)).toEqual(MAY);
    expect(commands).toHaveLength(Object.keys(MAY).length);
  });

  it('lets a request be decided in the roles that may give its command, and tells that it may be asked for', () => {
    for (const [command, route] of Object.entries(REQUESTABLE_ROUTES)) {
      const given = commands.find(({ operation }) => operation['x-command'] === command);
      expect([command, given?.route]).toEqual([command, route]);
      expect(given?.operation['x-events']).toContain('CommandRequested');
      expect(MAY.ApproveRequest).toEqual(expect.arrayContaining(MAY[command as LedgerCommandType] as Role[]));
    }
    const asked = commands.filter(({ operation }) => operation['x-events']?.includes('CommandRequested'));
    expect(asked).toHaveLength(Object.keys(REQUESTABLE_ROUTES).length);
  });

  it('opens each report to the roles that may read it and to no other', () => {
    const guarded = operations
      .map(({ route }) => route)
      .filter((route) => route.startsWith('GET') && admissionTo(route) !== 'public');
    const sorted = (roles: readonly string[]) => [...roles].sort();
    const admitted = guarded.map((route) => [route, sorted(admissionTo(route) as readonly Role[])] as const);
    const expected = Object.entries(READS).map(([route, roles]) => [route, sorted(roles)] as const);
    expect(Object.fromEntries(admitted)).toEqual(Object.fromEntries(expected));
  });

  it('names between its commands every event that there is', () => {
    const named = new Set(commands.flatMap(({ operation }) => operation['x-events'] ?? []));
    expect([...named].sort()).toEqual(Object.keys(EVENTS).sort());
  });

  it('asks for an Idempotency-Key wherever a token allows a POST', () => {
    const keyless = operations.filter(({ route, operation }) => {
      return (
        route.startsWith('POST') &&
        admissionTo(route) !== 'public' &&
        !operation.parameters?.some(({ name, required }) => name === 'Idempotency-Key' && required)
      );
    });
    expect(keyless).toEqual([]);
  });

  it('has If-Match and 412 wherever a command may carry it, and nowhere else', () => {
    const documented = commands.map(({ route, operation }) => ({
      route,
      ifMatch: operation.parameters?.some(({ name }) => name === 'If-Match') === true,
      stale: '412' in operation.responses,
    }));
    const taken = commands.map(({ route }) => {
      const takes = takesIfMatch(route.slice('POST '.length).replaceAll(/\{(\w+)\}/g, ':$1'));
      return { route, ifMatch: takes, stale: takes };
    });
    expect(documented).toEqual(taken);
    expect(new Set(taken.map(({ ifMatch }) => ifMatch))).toEqual(new Set([true, false]));
  });

  it('says for each route and role whether it is admitted', () => {
    const roles = [...COMPANY_ROLES, ...GROUP_ROLES];
    for (const { route } of operations) {
      const admission = admissionTo(route);
      expect([route, admission === undefined]).toEqual([route, false]);
      if (admission !== 'public') expect(admission?.filter((role) => !roles.includes(role))).toEqual([]);
    }
  });

  it('points at schemas that it has', async () => {
    const document = await openApiDocument();
    const named = JSON.stringify(document).match(/#\/components\/schemas\/[^"]*/g) ?? [];
    const missing = named.filter(
      (pointer) => !(pointer.slice('#/components/schemas/'.length) in (document.components?.schemas ?? {})),
    );
    expect(missing).toEqual([]);
  });
});
