import type { DecidedEvent } from '#libs/kernel';
import type { RequestedCommandType } from '../approval/commands.ts';
import { lifts } from '../approval/request-command.ts';
import type { LedgerEvent, LedgerEventType } from '../events.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import { broken, type BrokenInvariant } from './broken-invariant.ts';

/** What each command that can be under four eyes makes, and no other command does. */
const MADE_BY: Partial<Record<LedgerEventType, RequestedCommandType>> = {
  OverloadAllowed: 'AllowOverload',
  BudgetApproved: 'ApproveBudget',
  ReceiptCorrected: 'CorrectReceipt',
  OpeningBalanceRecorded: 'RecordOpeningBalance',
  PolicyAdopted: 'AdoptPolicy',
  ApprovalLimitSet: 'SetApprovalLimit',
  ExposureWaived: 'WaiveExposure',
  UnitsReturned: 'ReturnUnits',
};

/** Invariant 7: nothing under four eyes happens but by the approval of a request for it, by another person, in the same step. */
export function* brokenFourEyes(state: LedgerState, event: DecidedEvent<LedgerEvent>): Generator<BrokenInvariant> {
  const { fourEyes } = state;
  const { type, stream, commandId, causationId, actor, effectiveAt, position } = event;
  const command = MADE_BY[type];
  if (command === undefined || !wantsTwo(command, event, state)) return;
  const request = fourEyes.requests.get((causationId ?? '').slice(streamOf.request('').length));
  const isFit =
    request?.status === 'approved' &&
    request.decidedBy === commandId &&
    request.command.type === command &&
    request.effectiveAt === effectiveAt &&
    request.requestedBy !== actor;
  if (!isFit) yield broken(7, stream, `${type} without an approved request of another person`, position);
}

function wantsTwo(
  command: RequestedCommandType,
  { type, data }: DecidedEvent<LedgerEvent>,
  state: LedgerState,
): boolean {
  return type === 'PolicyAdopted' ? lifts(data, state) : state.fourEyes.commands.some((each) => each === command);
}
