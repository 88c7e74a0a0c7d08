import {
  amendmentById,
  companyById,
  companyIdIgnoringCase,
  orderById,
  redirectionById,
  returnById,
  shipmentById,
  siteById,
  trancheById,
  type DispatchShipment,
  type LedgerCommand,
  type LedgerState,
} from '#libs/domain';
import { DomainError, type Id } from '#libs/kernel';
import { actsFor, type Principal } from './principal.ts';
import { evidenceScope } from './evidence-scope.ts';
import { requestScope } from './request-scope.ts';
import { redirectionScope, withdrawalScope } from './redirection-scope.ts';

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
      case 'RecordClaim':
      case 'AdoptPolicy':
        return null;
      case 'RegisterSite':
      case 'RecordOpeningBalance':
      case 'ApproveBudget':
      case 'SetApprovalLimit':
      case 'PlaceOrder':
      case 'MoveStock':
      case 'EnergiseUnits':
        return ownCompany(principal, state, command.companyId);
      case 'TransferTitle':
        return ownCompany(principal, state, command.fromCompanyId);
      case 'WaiveExposure':
        return ownCompany(principal, state, command.creditorId);
      case 'ReportCapacityUnavailable':
      case 'RestoreCapacity':
      case 'AllowOverload':
        return own(principal, siteById(state, command.siteId)?.companyId, 'SITE_UNKNOWN', { siteId: command.siteId });
      case 'ApproveOrder':
      case 'RejectOrder':
      case 'ProposeAmendment':
        return ofOrder(principal, command, orderById(state, command.orderId)?.terms.companyId);
      case 'ApproveAmendment':
      case 'WithdrawAmendment':
        return ofAmendment(principal, command, amendmentById(state, command.amendmentId)?.terms.companyId);
      case 'ConfirmAmendment':
      case 'RejectAmendment':
        return ofAmendment(principal, command, amendmentById(state, command.amendmentId)?.terms.supplierId);
      case 'ConfirmTranche':
      case 'RescheduleTranche':
      case 'DispatchShipment':
        return ofOrder(principal, command, orderById(state, command.orderId)?.terms.supplierId);
      case 'ResiteTranche':
      case 'SplitTranche':
      case 'CancelTranche':
        return ofOrder(principal, command, entitledTo(state, command));
      default:
        return scopeOnceSent(command, state, principal);
    }
  };
}

/** Of what is on its way or was, to the supplier again included. */
function scopeOnceSent(command: SentCommand | AgreedCommand, state: LedgerState, principal: Principal): Id | null {
  switch (command.type) {
    case 'ReviseEta':
    case 'ReportShipmentLost':
      return ofShipment(principal, command, shipmentById(state, command.shipmentId)?.supplierId);
    case 'HoldShipment':
    case 'ReleaseShipment':
    case 'SplitShipment':
    case 'ReceiveShipment':
    case 'AcceptReceipt':
    case 'CorrectReceipt':
    case 'ResolveShortfall':
    case 'ReturnUnits':
      return ofShipment(principal, command, shipmentById(state, command.shipmentId)?.companyId);
    case 'ConfirmReturn':
      return ofReturn(principal, command, returnById(state, command.returnId)?.units.supplierId);
    default:
      return scopeAmongPeople(command, state, principal);
  }
}

/** Of commands about what people of several companies, or two of one, agree on. */
function scopeAmongPeople(command: AgreedCommand, state: LedgerState, principal: Principal): Id | null {
  switch (command.type) {
    case 'AttachEvidence':
      return evidenceScope(command, state, principal);
    case 'ApproveRequest':
    case 'RejectRequest':
    case 'WithdrawRequest':
      return requestScope(command, state, principal);
    case 'ProposeRedirection':
      redirectionScope(command, state, principal);
      return companyIdIgnoringCase(state, principal.company ?? '') ?? null;
    case 'WithdrawRedirection':
      withdrawalScope(command, state, principal);
      return companyIdIgnoringCase(state, principal.company ?? '') ?? null;
    case 'ApproveRedirection':
    case 'RejectRedirection':
      return decidingCompany(principal, state, command);
  }
}

type SentCommand = Exclude<
  Extract<LedgerCommand, { readonly shipmentId: Id } | { readonly returnId: Id }>,
  DispatchShipment
>;
type AgreedCommand = Extract<LedgerCommand, { type: `${string}Redirection` | `${string}Request` | 'AttachEvidence' }>;

function ofOrder(principal: Principal, { orderId }: { readonly orderId: Id }, companyId: Id | undefined): Id | null {
  return own(principal, companyId, 'ORDER_UNKNOWN', { orderId });
}

function ofAmendment(
  principal: Principal,
  { amendmentId }: { readonly amendmentId: Id },
  companyId: Id | undefined,
): Id | null {
  return own(principal, companyId, 'AMENDMENT_UNKNOWN', { amendmentId });
}

function ofShipment(
  principal: Principal,
  { shipmentId }: { readonly shipmentId: Id },
  companyId: Id | undefined,
): Id | null {
  return own(principal, companyId, 'SHIPMENT_UNKNOWN', { shipmentId });
}

function ofReturn(principal: Principal, { returnId }: { readonly returnId: Id }, companyId: Id | undefined): Id | null {
  return own(principal, companyId, 'RETURN_UNKNOWN', { returnId });
}

/** The company entitled to what is open of the tranche; the ordering one while the order is not approved. */
function entitledTo(state: LedgerState, { orderId, trancheId }: { readonly orderId: Id; readonly trancheId: Id }) {
  return trancheById(state, orderId, trancheId)?.companyId ?? orderById(state, orderId)?.terms.companyId;
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

/** Approves or rejects for the own company; whether it is a party, the rules say. */
function decidingCompany(
  principal: Principal,
  state: LedgerState,
  { redirectionId, companyId }: { readonly redirectionId: Id; readonly companyId: Id },
): Id | null {
  if (redirectionById(state, redirectionId) === undefined) return null;
  return ownCompany(principal, state, companyId);
}
