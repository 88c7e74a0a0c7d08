import { actsFor, READS_ACROSS_COMPANIES, type Principal } from '#libs/access';
import type { ProblemFields } from '../problem/problem.ts';

/**
 * A rejection as who gave the command may hear it. Where its fields name a company that is not theirs, the figures are of that company's
 * books: ids stay, and the number of the leg.
 */
export function toldTo<Answer extends { readonly outcome: string }>(principal: Principal, answer: Answer): Answer {
  if (!('fields' in answer)) return answer;
  const fields = answer.fields as ProblemFields;
  const { companyId } = fields;
  if (typeof companyId !== 'string' || mayHear(principal, companyId)) return answer;
  const ids = Object.entries(fields).filter(([name]) => name.endsWith('Id') || name === 'leg');
  return { ...answer, fields: Object.fromEntries(ids) };
}

function mayHear(principal: Principal, companyId: string): boolean {
  return READS_ACROSS_COMPANIES.has(principal.role) || actsFor(principal, companyId);
}
