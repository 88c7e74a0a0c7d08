import type { DecidedEvent } from '#libs/kernel';
import type { RequestableCommandType } from '../approval/commands.ts';
import type { LedgerEvent, LedgerEventType } from '../events.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import { broken, type BrokenInvariant } from './broken-invariant.ts';

/** What each command that can be under four eyes makes, and no other command does. */
const MADE_BY: Partial<Record<LedgerEventType, RequestableCommandType>> = {
  OverloadAllowed: 'AllowOverload',
  BudgetApproved: 'ApproveBudget',
  ReceiptCorrected: 'CorrectReceipt',
  OpeningBalanceRecorded: 'RecordOpeningBalance',
  ApprovalLimitSet: 'SetApprovalLimit',
  ExposureWaived: 'WaiveExposure',
};

/** Invariant 7: nothing under four eyes happens but by the approval of a request for it, by another person, in the same step. */
export function* brokenFourEyes(
  { fourEyes }: LedgerState,
  { type, stream, commandId, causationId, actor, effectiveAt, position }: DecidedEvent<LedgerEvent>,
): Generator<BrokenInvariant> {
  const command = MADE_BY[type];
  if (command === undefined || !fourEyes.commands.includes(command)) return;
  const request = fourEyes.requests.get((causationId ?? '').slice(streamOf.request('').length));
  const isFit =
    request?.status === 'approved' &&
    request.decidedBy === commandId &&
    request.command.type === command &&
    request.effectiveAt === effectiveAt &&
    request.requestedBy !== actor;
  if (!isFit) yield broken(7, stream, `${type} without an approved request of another person`, position);
}
