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
 * null for the group. Throws the `*_UNKNOWN` of the id in question: what is not theirs looks like what is not there.
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

/** The company itself, which must be registered. */
function ownCompany(principal: Principal, state: LedgerState, companyId: Id): Id {
  return own(principal, companyById(state, companyId)?.companyId, 'COMPANY_UNKNOWN', { companyId });
}

function own(principal: Principal, companyId: Id | undefined, code: string, fields: Readonly<Record<string, Id>>): Id {
  if (companyId === undefined || !actsFor(principal, companyId)) throw new DomainError(code, fields);
  return companyId;
}

/** Approves for the own company; whether it is a party, the rules say. */
function approver(
  principal: Principal,
  state: LedgerState,
  { redirectionId, companyId }: { readonly redirectionId: Id; readonly companyId: Id },
): Id {
  if (redirectionById(state, redirectionId) === undefined)
    throw new DomainError('REDIRECTION_UNKNOWN', { redirectionId });
  return ownCompany(principal, state, companyId);
}
