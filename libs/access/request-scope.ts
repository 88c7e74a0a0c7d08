import { requestById, type LedgerState, type RequestedCommandType } from '#libs/domain';
import { DomainError, type Id } from '#libs/kernel';
import { admissionTo } from './policy.ts';
import { actsFor, type Principal } from './principal.ts';

const LEDGER = '/v1/ledgers/{ledger}';

/** Where each command that can be asked for is given: who may give it may decide on a request for it. */
export const REQUESTABLE_ROUTES: Readonly<Record<RequestedCommandType, string>> = {
  AdoptPolicy: `POST ${LEDGER}/policies`,
  AllowOverload: `POST ${LEDGER}/sites/{siteId}/overloads`,
  ApproveBudget: `POST ${LEDGER}/budgets`,
  CorrectReceipt: `POST ${LEDGER}/shipments/{shipmentId}/corrections`,
  RecordOpeningBalance: `POST ${LEDGER}/opening-balances`,
  ReturnUnits: `POST ${LEDGER}/returns`,
  SetApprovalLimit: `POST ${LEDGER}/approval-limits`,
  WaiveExposure: `POST ${LEDGER}/exposure-waivers`,
};

/**
 * A request is decided by people of the company that the command is given for, or of the group, in a role that may give it. Throws `REQUEST_UNKNOWN` to others, and
 * `ROLE_REFUSED` to those of the company in another role.
 */
export function requestScope(
  { requestId }: { readonly requestId: Id },
  state: LedgerState,
  principal: Principal,
): Id | null {
  const request = requestById(state, requestId);
  if (request === undefined) return null;
  const { companyId } = request;
  if (companyId === null ? principal.company !== null : !actsFor(principal, companyId))
    throw new DomainError('REQUEST_UNKNOWN', { requestId });
  const admission = admissionTo(REQUESTABLE_ROUTES[request.command.type]) ?? [];
  if (admission !== 'public' && !admission.includes(principal.role)) {
    throw new DomainError('ROLE_REFUSED', { requestId, command: request.command.type });
  }
  return companyId;
}
