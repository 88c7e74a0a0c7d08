import { DomainError, type Day, type DecisionContext } from '#libs/kernel';

/** Something with a history of its own, and the latest day on which anything but a correction happened to it. */
export interface Dated {
  readonly lastEffectiveAt: Day;
}

/** The later of two days. */
export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/**
 * Throws `EFFECTIVE_IN_FUTURE` when the command is dated after the day it is recorded on, and `EFFECTIVE_BEFORE_STREAM` when
 * it is dated before the last event of one of the `named` things; those that do not exist (yet) have no past.
 */
export function checkEffectiveDay(context: DecisionContext, ...named: readonly (Dated | undefined)[]): void {
  const { effectiveAt, today } = context;
  if (effectiveAt > today) throw new DomainError('EFFECTIVE_IN_FUTURE', { effectiveAt, today });
  for (const each of named) {
    if (each !== undefined && effectiveAt < each.lastEffectiveAt) {
      throw new DomainError('EFFECTIVE_BEFORE_STREAM', { effectiveAt, lastEffectiveAt: each.lastEffectiveAt });
    }
  }
}
