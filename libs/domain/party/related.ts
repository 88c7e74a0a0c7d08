import type { Id } from '#libs/kernel';
import type { Company } from './state.ts';

/** To whom companies belong, by id. */
interface Relations {
  get(companyId: Id): Pick<Company, 'companyId' | 'parentId' | 'controlledBy'> | undefined;
}

/** Whether two companies share their topmost parent or `controlledBy`; false where one is not registered. */
export function related(companies: Relations, companyId: Id, otherId: Id): boolean {
  const company = companies.get(companyId);
  const other = companies.get(otherId);
  if (company === undefined || other === undefined) return false;
  if (company.controlledBy !== null && company.controlledBy === other.controlledBy) return true;
  return topmostParent(companies, companyId) === topmostParent(companies, otherId);
}

/** A parent is registered before its children, so the way up ends. */
function topmostParent(companies: Relations, companyId: Id): Id {
  const parentId = companies.get(companyId)?.parentId ?? null;
  return parentId === null || companies.get(parentId) === undefined ? companyId : topmostParent(companies, parentId);
}
