import { edgeProblem } from './problem.ts';
import { PROBLEM_CODES } from './problem-codes.ts';

/** The page that a problem's `type` leads to: plain HTML that needs nothing else. Null for a code that does not exist. */
export function problemPage(code: string): string | null {
  const problem = Object.hasOwn(PROBLEM_CODES, code) ? PROBLEM_CODES[code] : undefined;
  if (problem === undefined) return null;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${code} · Waybill</title>
<h1>${code}</h1>
<p><strong>${problem.title}</strong> (HTTP ${problem.status})</p>
<p>${problem.hint}</p>
<p><a href="/docs">All paths and their answers</a></p>
</html>
`;
}

/** The page of `code`, or `ROUTE_UNKNOWN`. */
export function knownProblemPage(code: string): string {
  const page = problemPage(code);
  if (page === null) throw edgeProblem('ROUTE_UNKNOWN', { fields: { code } });
  return page;
}
