import type { Decider, DecisionContext, Said } from '#libs/kernel';
import type { LedgerCommand, LedgerCommandType } from './commands.ts';
import type { LedgerEvent } from './events.ts';
import { emptyLedger, evolveLedger, type LedgerState } from './ledger-state.ts';
import { adoptPolicy } from './approval/adopt-policy.ts';
import { approveRequest } from './approval/approve-request.ts';
import { rejectRequest, withdrawRequest } from './approval/reject-request.ts';
import { isUnderFourEyes, requestOf } from './approval/request-command.ts';
import { setApprovalLimit } from './approval/set-approval-limit.ts';
import { approveAmendment } from './amendment/approve-amendment.ts';
import { confirmAmendment } from './amendment/confirm-amendment.ts';
import { rejectAmendment, withdrawAmendment } from './amendment/end-amendment.ts';
import { proposeAmendment } from './amendment/propose-amendment.ts';
import { recordClaim } from './claim/record-claim.ts';
import { attachEvidence } from './evidence/attach-evidence.ts';
import { approveBudget } from './funds/approve-budget.ts';
import { approveOrder } from './order/approve-order.ts';
import { cancelTranche } from './order/cancel-tranche.ts';
import { confirmTranche } from './order/confirm-tranche.ts';
import { placeOrder } from './order/place-order.ts';
import { rejectOrder } from './order/reject-order.ts';
import { rescheduleTranche } from './order/reschedule-tranche.ts';
import { resiteTranche } from './order/resite-tranche.ts';
import { splitTranche } from './order/split-tranche.ts';
import { recordScreening } from './party/record-screening.ts';
import { registerCompany } from './party/register-company.ts';
import { registerSku } from './party/register-sku.ts';
import { approveRedirection } from './redirection/approve-redirection.ts';
import { proposeRedirection } from './redirection/propose-redirection.ts';
import { rejectRedirection, withdrawRedirection } from './redirection/reject-redirection.ts';
import { waiveExposure } from './redirection/waive-exposure.ts';
import { confirmReturn } from './return/confirm-return.ts';
import { returnUnits } from './return/return-units.ts';
import { acceptReceipt } from './shipment/accept-receipt.ts';
import { correctReceipt } from './shipment/correct-receipt.ts';
import { dispatchShipment } from './shipment/dispatch-shipment.ts';
import { holdShipment, releaseShipment } from './shipment/hold-shipment.ts';
import { receiveShipment } from './shipment/receive-shipment.ts';
import { reportShipmentLost } from './shipment/report-shipment-lost.ts';
import { resolveShortfall } from './shipment/resolve-shortfall.ts';
import { reviseEta } from './shipment/revise-eta.ts';
import { splitShipment } from './shipment/split-shipment.ts';
import { allowOverload } from './site/allow-overload.ts';
import { registerSite } from './site/register-site.ts';
import { reportCapacityUnavailable } from './site/report-capacity-unavailable.ts';
import { restoreCapacity } from './site/restore-capacity.ts';
import { energiseUnits } from './stock/energise-units.ts';
import { moveStock } from './stock/move-stock.ts';
import { recordOpeningBalance } from './stock/record-opening-balance.ts';
import { transferTitle } from './stock/transfer-title.ts';

/** The rules of a ledger. The commands of one ledger are strictly serial: each is decided on the whole of it as it stands. */
export const ledgerDecider: Decider<LedgerState, LedgerCommand, LedgerEvent> = {
  initial: emptyLedger,
  decide,
  evolve: evolveLedger,
};

/** What is under four eyes has to keep the rules as if it were to happen, and is then only asked for. */
function decide(command: LedgerCommand, state: LedgerState, context: DecisionContext): readonly Said<LedgerEvent>[] {
  const events = byTheRules(command, state, context);
  return isUnderFourEyes(command, state) ? [requestOf(command, state)] : events;
}

function byTheRules(
  command: LedgerCommand,
  state: LedgerState,
  context: DecisionContext,
): readonly Said<LedgerEvent>[] {
  const rule: Rule<never> = RULES[command.type];
  return rule(command as never, state, context);
}

type Rule<Command> = (command: Command, state: LedgerState, context: DecisionContext) => readonly Said<LedgerEvent>[];

const RULES: { readonly [Type in LedgerCommandType]: Rule<Extract<LedgerCommand, { readonly type: Type }>> } = {
  RegisterCompany: registerCompany,
  RegisterSku: registerSku,
  RegisterSite: registerSite,
  ReportCapacityUnavailable: reportCapacityUnavailable,
  RestoreCapacity: restoreCapacity,
  AllowOverload: allowOverload,
  RecordOpeningBalance: recordOpeningBalance,
  TransferTitle: transferTitle,
  MoveStock: moveStock,
  EnergiseUnits: energiseUnits,
  ApproveBudget: approveBudget,
  PlaceOrder: placeOrder,
  ApproveOrder: approveOrder,
  RejectOrder: rejectOrder,
  ConfirmTranche: confirmTranche,
  RescheduleTranche: rescheduleTranche,
  ResiteTranche: resiteTranche,
  SplitTranche: splitTranche,
  CancelTranche: cancelTranche,
  ProposeAmendment: proposeAmendment,
  ApproveAmendment: approveAmendment,
  ConfirmAmendment: confirmAmendment,
  RejectAmendment: rejectAmendment,
  WithdrawAmendment: withdrawAmendment,
  DispatchShipment: dispatchShipment,
  ReviseEta: reviseEta,
  HoldShipment: holdShipment,
  ReleaseShipment: releaseShipment,
  SplitShipment: splitShipment,
  RecordScreening: recordScreening,
  ProposeRedirection: proposeRedirection,
  ApproveRedirection: approveRedirection,
  RejectRedirection: rejectRedirection,
  WithdrawRedirection: withdrawRedirection,
  WaiveExposure: waiveExposure,
  ReceiveShipment: receiveShipment,
  AcceptReceipt: acceptReceipt,
  ReportShipmentLost: reportShipmentLost,
  CorrectReceipt: correctReceipt,
  ResolveShortfall: resolveShortfall,
  ReturnUnits: returnUnits,
  ConfirmReturn: confirmReturn,
  RecordClaim: recordClaim,
  AttachEvidence: attachEvidence,
  SetApprovalLimit: setApprovalLimit,
  AdoptPolicy: adoptPolicy,
  ApproveRequest: (command, state, context) => approveRequest(command, state, context, byTheRules),
  RejectRequest: rejectRequest,
  WithdrawRequest: withdrawRequest,
};
