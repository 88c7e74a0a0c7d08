import type { Id } from '#libs/kernel';
import type { LedgerCommand } from '../commands.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownShipment } from '../shipment/state.ts';
import { knownSite } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { RequestableCommand } from './commands.ts';
import type { CommandRequested } from './events.ts';

/** Whether the ledger wants a second person for the command. */
export function isUnderFourEyes(command: LedgerCommand, { fourEyes }: LedgerState): command is RequestableCommand {
  return fourEyes.commands.some((each) => each === command.type);
}

/** That the command is asked for, in place of what it would do. */
export function requestOf(command: RequestableCommand, state: LedgerState): CommandRequested {
  const requestId = `RQ-${state.fourEyes.requests.size + 1}`;
  const companyId = companyOf(command, state);
  return {
    type: 'CommandRequested',
    stream: streamOf.request(requestId),
    data: { requestId, companyId, command: said(command) },
  };
}

/** Whose people decide: the company that the command is given for. */
function companyOf(command: RequestableCommand, state: LedgerState): Id {
  switch (command.type) {
    case 'WaiveExposure':
      return command.creditorId;
    case 'CorrectReceipt':
      return knownShipment(state.shipments, command.shipmentId).companyId;
    case 'AllowOverload':
      return knownSite(state.sites, command.siteId).companyId;
    default:
      return command.companyId;
  }
}

/** Without the fields that were left out. */
function said(command: RequestableCommand): RequestableCommand {
  return Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined)) as never;
}
