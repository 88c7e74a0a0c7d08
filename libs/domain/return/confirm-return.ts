import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { ConfirmReturn } from './commands.ts';
import type { ReturnConfirmed } from './events.ts';
import { knownReturn } from './state.ts';

/** All units of the return are with the supplier again. */
export function confirmReturn(
  { returnId }: ConfirmReturn,
  state: LedgerState,
  context: DecisionContext,
): [ReturnConfirmed] {
  const sent = knownReturn(state.returns, returnId);
  checkEffectiveDay(context, sent);
  if (sent.status !== 'underway') throw new DomainError('RETURN_NOT_UNDERWAY', { returnId, status: sent.status });
  return [{ type: 'ReturnConfirmed', stream: streamOf.return(returnId), data: sent.units }];
}
