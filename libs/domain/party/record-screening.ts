import type { DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { RecordScreening } from './commands.ts';
import type { EndUserScreened } from './events.ts';
import { knownCompany } from './state.ts';

export function recordScreening(
  command: RecordScreening,
  { parties }: LedgerState,
  context: DecisionContext,
): [EndUserScreened] {
  const { companyId, ruleset, outcome, validUntil } = command;
  knownCompany(parties, companyId);
  checkEffectiveDay(context);
  return [
    {
      type: 'EndUserScreened',
      stream: streamOf.company(companyId),
      data: { companyId, ruleset, outcome, validUntil },
    },
  ];
}
