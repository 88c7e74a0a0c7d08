import type { Decider, DecisionContext } from '#libs/kernel';
import type { LedgerCommand } from './commands.ts';
import type { LedgerEvent } from './events.ts';
import { approveBudget } from './funds/approve-budget.ts';
import { emptyLedger, evolveLedger, type LedgerState } from './ledger-state.ts';
import { approveOrder } from './order/approve-order.ts';
import { confirmTranche } from './order/confirm-tranche.ts';
import { placeOrder } from './order/place-order.ts';
import { recordScreening } from './party/record-screening.ts';
import { registerCompany } from './party/register-company.ts';
import { registerSku } from './party/register-sku.ts';
import { approveRedirection } from './redirection/approve-redirection.ts';
import { proposeRedirection } from './redirection/propose-redirection.ts';
import { acceptReceipt } from './shipment/accept-receipt.ts';
import { dispatchShipment } from './shipment/dispatch-shipment.ts';
import { receiveShipment } from './shipment/receive-shipment.ts';
import { registerSite } from './site/register-site.ts';
import { reportCapacityUnavailable } from './site/report-capacity-unavailable.ts';
import { recordOpeningBalance } from './stock/record-opening-balance.ts';

/** The rules of a ledger. The commands of one ledger are strictly serial: each is decided on the whole of it as it stands. */
export const ledgerDecider: Decider<LedgerState, LedgerCommand, LedgerEvent> = {
  initial: emptyLedger,
  decide,
  evolve: evolveLedger,
};

function decide(command: LedgerCommand, state: LedgerState, context: DecisionContext): readonly LedgerEvent[] {
  switch (command.type) {
    case 'RegisterCompany':
      return registerCompany(command, state, context);
    case 'RegisterSku':
      return registerSku(command, state, context);
    case 'RegisterSite':
      return registerSite(command, state, context);
    case 'ReportCapacityUnavailable':
      return reportCapacityUnavailable(command, state, context);
    case 'RecordOpeningBalance':
      return recordOpeningBalance(command, state, context);
    case 'ApproveBudget':
      return approveBudget(command, state, context);
    case 'PlaceOrder':
      return placeOrder(command, state, context);
    case 'ApproveOrder':
      return approveOrder(command, state, context);
    case 'ConfirmTranche':
      return confirmTranche(command, state, context);
    case 'DispatchShipment':
      return dispatchShipment(command, state, context);
    case 'RecordScreening':
      return recordScreening(command, state, context);
    case 'ProposeRedirection':
      return proposeRedirection(command, state, context);
    case 'ApproveRedirection':
      return approveRedirection(command, state, context);
    case 'ReceiveShipment':
      return receiveShipment(command, state, context);
    case 'AcceptReceipt':
      return acceptReceipt(command, state, context);
  }
}
