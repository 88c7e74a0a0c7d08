import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { AdoptPolicy } from './commands.ts';
import { REQUESTABLE_COMMANDS, type PolicyAdopted } from './events.ts';

/** One that lifts is only asked for. What is asked for already waits on, and can be approved also when its command is under four eyes no more. */
export function adoptPolicy(command: AdoptPolicy, state: LedgerState, context: DecisionContext): [PolicyAdopted] {
  checkEffectiveDay(context);
  const fourEyes = REQUESTABLE_COMMANDS.filter((each) => command.fourEyes.includes(each));
  const previousFourEyes = state.fourEyes.commands;
  const isSame =
    fourEyes.length === previousFourEyes.length && fourEyes.every((each) => previousFourEyes.includes(each));
  if (isSame) throw new DomainError('NO_CHANGE', { fourEyes: fourEyes.join(' ') });
  return [{ type: 'PolicyAdopted', stream: streamOf.policy, data: { fourEyes, previousFourEyes } }];
}
