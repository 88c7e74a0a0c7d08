import {
  companyById,
  companyIdIgnoringCase,
  orderById,
  redirectionById,
  shipmentById,
  siteById,
  type LedgerCommand,
  type LedgerState,
} from '#libs/domain';
import { DomainError, type Id } from '#libs/kernel';
import { actsFor, type Principal } from './principal.ts';
import { redirectionScope } from './redirection-scope.ts';

/**
 * Whether a command lies within what its actor may touch, judged on the ledger as the command is decided; the answer is the company acted for,
 * null for the group. Throws the `*_UNKNOWN` of the id in question: what is not theirs looks like what is not there. What is not
 * there at all is left to the rules, which refuse it in the order of their own.
 */
export type Scope = (state: LedgerState) => Id | null;

export function scopeOf(command: LedgerCommand, principal: Principal): Scope {
  return (state) => {
    switch (command.type) {
      case 'RegisterCompany':
      case 'RegisterSku':
      case 'RecordScreening':
        return null;
      case 'RegisterSite':
      case 'RecordOpeningBalance':
      case 'ApproveBudget':
      case 'PlaceOrder':
        return ownCompany(principal, state, command.companyId);
      case 'ReportCapacityUnavailable':
        return own(principal, siteById(state, command.siteId)?.companyId, 'SITE_UNKNOWN', { siteId: command.siteId });
      case 'ApproveOrder':
        return own(principal, orderById(state, command.orderId)?.terms.companyId, 'ORDER_UNKNOWN', {
          orderId: command.orderId,
        });
      case 'ConfirmTranche':
      case 'DispatchShipment':
        return own(principal, orderById(state, command.orderId)?.terms.supplierId, 'ORDER_UNKNOWN', {
          orderId: command.orderId,
        });
      case 'ReceiveShipment':
      case 'AcceptReceipt':
        return own(principal, shipmentById(state, command.shipmentId)?.companyId, 'SHIPMENT_UNKNOWN', {
          shipmentId: command.shipmentId,
        });
      case 'ProposeRedirection':
        redirectionScope(command, state, principal);
        return companyIdIgnoringCase(state, principal.company ?? '') ?? null;
      case 'ApproveRedirection':
        return approver(principal, state, command);
    }
  };
}

function ownCompany(principal: Principal, state: LedgerState, companyId: Id): Id | null {
  return own(principal, companyById(state, companyId)?.companyId, 'COMPANY_UNKNOWN', { companyId });
}

/** `companyId`: whose the thing is; undefined where there is no such thing. */
function own(
  principal: Principal,
  companyId: Id | undefined,
  code: string,
  fields: Readonly<Record<string, Id>>,
): Id | null {
  if (companyId === undefined) return null;
  if (!actsFor(principal, companyId)) throw new DomainError(code, fields);
  return companyId;
}

/** Approves for the own company; whether it is a party, the rules say. */
function approver(
  principal: Principal,
  state: LedgerState,
  { redirectionId, companyId }: { readonly redirectionId: Id; readonly companyId: Id },
): Id | null {
  if (redirectionById(state, redirectionId) === undefined) return null;
  return ownCompany(principal, state, companyId);
}
