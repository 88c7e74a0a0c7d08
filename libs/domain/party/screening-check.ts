import { DomainError, type Day, type Id } from '#libs/kernel';
import type { PartyState } from './state.ts';

/** Throws `END_USER_NOT_SCREENED` unless the latest recorded screening of the company passed and is valid on `day`, inclusive. */
export function checkScreening({ screenings }: PartyState, companyId: Id, day: Day): void {
  const screening = screenings.get(companyId);
  if (screening === undefined) throw new DomainError('END_USER_NOT_SCREENED', { companyId, day });
  const { ruleset, outcome, validUntil } = screening;
  if (outcome !== 'pass' || validUntil < day) {
    throw new DomainError('END_USER_NOT_SCREENED', { companyId, day, ruleset, outcome, validUntil });
  }
}
