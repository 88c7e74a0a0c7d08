import type { Id } from '#libs/kernel';
import type { Company, PartyState } from './state.ts';

/** Whether two companies share their topmost parent or `controlledBy`; false where one is not registered. */
export function related(parties: PartyState, companyId: Id, otherId: Id): boolean {
  const company = parties.companies.get(companyId);
  const other = parties.companies.get(otherId);
  if (company === undefined || other === undefined) return false;
  if (company.controlledBy !== null && company.controlledBy === other.controlledBy) return true;
  return topmostParent(parties, company) === topmostParent(parties, other);
}

/** A parent is registered before its children, so the way up ends. */
function topmostParent(parties: PartyState, company: Company): Id {
  const parent = company.parentId === null ? undefined : parties.companies.get(company.parentId);
  return parent === undefined ? company.companyId : topmostParent(parties, parent);
}
