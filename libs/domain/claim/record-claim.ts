import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany, knownSku } from '../party/state.ts';
import { streamOf } from '../streams.ts';
import type { RecordClaim } from './commands.ts';
import type { PublicClaimRecorded } from './events.ts';

export function recordClaim(command: RecordClaim, state: LedgerState, context: DecisionContext): [PublicClaimRecorded] {
  const { claimId, companyId, skuId = null, metric, low, high, statedOn, horizon = null } = command;
  const { speaker, source, quote } = command;
  knownCompany(state.parties, companyId);
  if (skuId !== null) knownSku(state.parties, skuId);
  checkEffectiveDay(context);
  if (state.claims.has(claimId)) throw new DomainError('ALREADY_EXISTS', { claimId });
  const data = { claimId, companyId, skuId, metric, low, high, statedOn, horizon, speaker, source, quote };
  return [{ type: 'PublicClaimRecorded', stream: streamOf.claim(claimId), data }];
}
