import { companiesOf, unknownSubject, type AttachEvidence, type LedgerState } from '#libs/domain';
import type { Id } from '#libs/kernel';
import { actsFor, type Principal } from './principal.ts';

/** Documents are attached by the people of whose thing it is, and by who may see it all. Throws the `*_UNKNOWN` of the subject to others. */
export function evidenceScope(
  { subjectKind, subjectId }: AttachEvidence,
  state: LedgerState,
  principal: Principal,
): Id | null {
  const companies = companiesOf(state, subjectKind, subjectId);
  if (companies === undefined || principal.company === null) return null;
  const own = companies.find((companyId) => actsFor(principal, companyId));
  if (own === undefined) throw unknownSubject(subjectKind, subjectId);
  return own;
}
