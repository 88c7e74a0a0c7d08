import { compareExact, DomainError, PersistentMap, type DecidedEvent, type ExactInteger, type Id } from '#libs/kernel';
import type { ApprovalLimitSet } from './events.ts';

/** Cents by `COMPANY:person`, and by `COMPANY:` for all who have no limit of their own; absent: none is set. */
export type LimitState = PersistentMap<number>;

export const noLimits: LimitState = PersistentMap.empty();

export function evolveLimits(state: LimitState, { data }: DecidedEvent<ApprovalLimitSet>): LimitState {
  const key = keyOf(data.companyId, data.approver);
  return data.limitCents === null ? state.delete(key) : state.set(key, data.limitCents);
}

/** The limit set for the person (null: for all others), and nothing else; null where none is. */
export function limitSet(state: LimitState, companyId: Id, approver: string | null): number | null {
  return state.get(keyOf(companyId, approver)) ?? null;
}

/** What the person may commit for the company by one approval: their own limit, else that of all others; null: any amount. */
export function limitOf(state: LimitState, companyId: Id, approver: string): number | null {
  return limitSet(state, companyId, approver) ?? limitSet(state, companyId, null);
}

/** Throws `ABOVE_APPROVAL_LIMIT` when the person may not commit as much for the company by one approval. */
export function checkApprovalLimit(
  state: LimitState,
  companyId: Id,
  approver: string,
  amountCents: ExactInteger,
): void {
  const limitCents = limitOf(state, companyId, approver);
  if (limitCents === null || compareExact(amountCents, limitCents) <= 0) return;
  throw new DomainError('ABOVE_APPROVAL_LIMIT', { companyId, limitCents, amountCents });
}

/** Ids of companies have no colon. */
function keyOf(companyId: Id, approver: string | null): string {
  return `${companyId}:${approver ?? ''}`;
}
