import { admissionTo, REQUESTABLE_ROUTES, type Role } from '#libs/access';
import type { RequestedCommandType } from '#libs/domain';
import type { WaitingKind } from '#libs/read-models';

const LEDGER = '/v1/ledgers/{ledger}';

/** The route that acts on each kind of thing that waits; the ids of a thing stand in it in their order. */
const ROUTES: Readonly<Record<WaitingKind, string>> = {
  order: `${LEDGER}/orders/{orderId}/approvals`,
  redirection: `${LEDGER}/redirections/{redirectionId}/approvals`,
  request: `${LEDGER}/requests/{requestId}/approvals`,
  amendment: `${LEDGER}/amendments/{amendmentId}/approvals`,
  amendedOrder: `${LEDGER}/amendments/{amendmentId}/confirmations`,
  tranche: `${LEDGER}/orders/{orderId}/tranches/{trancheId}/confirmations`,
  dock: `${LEDGER}/shipments/{shipmentId}/acceptances`,
  shortfall: `${LEDGER}/shipments/{shipmentId}/shortfall-resolutions`,
  return: `${LEDGER}/returns/{returnId}/confirmations`,
};

/** The kinds that the role acts on. */
export function kindsFor(role: Role): readonly WaitingKind[] {
  return (Object.keys(ROUTES) as WaitingKind[]).filter((kind) => mayPost(role, ROUTES[kind]));
}

/** The commands under four eyes that the role may give, and so decide on. */
export function commandsFor(role: Role): readonly RequestedCommandType[] {
  const commands = Object.keys(REQUESTABLE_ROUTES) as RequestedCommandType[];
  return commands.filter((command) => admits(role, REQUESTABLE_ROUTES[command]));
}

/** Where the thing is acted on. */
export function pathOf(ledger: string, kind: WaitingKind, thing: string): string {
  const ids = [ledger, ...thing.split('/')].map(encodeURIComponent);
  return ROUTES[kind].replaceAll(/\{\w+\}/g, () => ids.shift() ?? '');
}

function mayPost(role: Role, path: string): boolean {
  return admits(role, `POST ${path}`);
}

function admits(role: Role, route: string): boolean {
  const admission = admissionTo(route) ?? [];
  return admission === 'public' || admission.includes(role);
}
