import type { Id } from '#libs/kernel';
import type { LedgerCommand } from '../commands.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownShipment } from '../shipment/state.ts';
import { knownSite } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { AdoptPolicy, RequestedCommand } from './commands.ts';
import type { CommandRequested } from './events.ts';

/** Whether the ledger wants a second person for the command: its policy names it, or would be lifted by it. */
export function isUnderFourEyes(command: LedgerCommand, state: LedgerState): command is RequestedCommand {
  const { fourEyes } = state;
  if (command.type === 'AdoptPolicy') return lifts(command, state);
  return fourEyes.commands.some((each) => each === command.type);
}

/** Whether the policy takes something out from under four eyes. */
export function lifts({ fourEyes }: Pick<AdoptPolicy, 'fourEyes'>, state: LedgerState): boolean {
  return state.fourEyes.commands.some((each) => !fourEyes.includes(each));
}

/** That the command is asked for, in place of what it would do. */
export function requestOf(command: RequestedCommand, state: LedgerState): CommandRequested {
  const requestId = `RQ-${state.fourEyes.requests.size + 1}`;
  const companyId = companyOf(command, state);
  return {
    type: 'CommandRequested',
    stream: streamOf.request(requestId),
    data: { requestId, companyId, command: said(command) },
  };
}

/** Whose people decide: the company that the command is given for; null: the group. */
function companyOf(command: RequestedCommand, state: LedgerState): Id | null {
  switch (command.type) {
    case 'WaiveExposure':
      return command.creditorId;
    case 'CorrectReceipt':
    case 'ReturnUnits':
      return knownShipment(state.shipments, command.shipmentId).companyId;
    case 'AllowOverload':
      return knownSite(state.sites, command.siteId).companyId;
    case 'AdoptPolicy':
      return null;
    default:
      return command.companyId;
  }
}

/** Without the fields that were left out. */
function said(command: RequestedCommand): RequestedCommand {
  return Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined)) as never;
}
