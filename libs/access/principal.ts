import { isId } from '#libs/kernel';

/** Act for one company, theirs. */
export const COMPANY_ROLES = ['buyer', 'cfo', 'logistics', 'site', 'desk'] as const;
/** Act for the group. */
export const GROUP_ROLES = ['compliance', 'analyst', 'auditor', 'admin'] as const;

export type CompanyRole = (typeof COMPANY_ROLES)[number];
export type GroupRole = (typeof GROUP_ROLES)[number];
export type Role = CompanyRole | GroupRole;

/** Who asks, as the token says. */
export interface Principal {
  /** The issuer's name for the person, such as `tesla-cfo`; never in a ledger. */
  readonly subject: string;
  readonly role: Role;
  /** In lower case; null for a group-wide role. Matches company ids without regard to case. */
  readonly company: string | null;
}

/**
 * The principal of an actor named `COMPANY-ROLE` or by a group-wide role, and `.PERSON` after it where several people have the role, such as
 * `tesla-cfo.kim`; null when `actor` is neither.
 */
export function principalNamed(actor: string): Principal | null {
  const hyphen = actor.lastIndexOf('-');
  const [role = '', ...person] = actor.slice(hyphen + 1).split('.');
  if (person.length > 1 || person.includes('')) return null;
  return principalOf(actor, role, hyphen < 0 ? null : actor.slice(0, hyphen));
}

/** The principal that the three claims make; null when the role is unknown or its company is missing, foreign to the role, or no id. */
export function principalOf(subject: string, role: string, company: string | null): Principal | null {
  if (isGroupRole(role)) return company === null ? { subject, role, company } : null;
  if (!isCompanyRole(role) || !isId(company)) return null;
  return { subject, role, company: company.toLowerCase() };
}

/** Whether `companyId` is the company that `principal` acts for. */
export function actsFor(principal: Principal, companyId: string): boolean {
  return principal.company !== null && principal.company === companyId.toLowerCase();
}

function isCompanyRole(role: string): role is CompanyRole {
  return COMPANY_ROLES.some((each) => each === role);
}

function isGroupRole(role: string): role is GroupRole {
  return GROUP_ROLES.some((each) => each === role);
}
