import { DOMAIN_PROBLEMS } from './domain-problems.ts';
import type { ProblemCode } from './problem-code.ts';

const row = (status: number, title: string, hint: string): ProblemCode => ({ status, title, hint });

/** Codes of the edge itself, in the order in which a request is checked. */
const EDGE_PROBLEMS = {
  MALFORMED_HTTP: row(400, 'Not HTTP as agreed', 'Correct the request line or the headers.'),
  ROUTE_UNKNOWN: row(404, 'No such path', 'See /docs for the paths that exist.'),
  UNSUPPORTED_MEDIA_TYPE: row(415, 'Not a plain JSON body', 'Send application/json in UTF-8, not compressed.'),
  BODY_TOO_LARGE: row(413, 'Body above 1 MiB', 'Send fewer items in one command.'),
  MALFORMED_JSON: row(
    400,
    'Not JSON as agreed',
    'Send one UTF-8 JSON document: no key twice, at most 32 levels, no byte order mark.',
  ),
  IDEMPOTENCY_KEY_INVALID: row(
    400,
    'Idempotency-Key missing or malformed',
    'Send a fresh key of 1 to 128 visible ASCII characters with each new command.',
  ),
  PRECONDITION_UNSUPPORTED: row(
    400,
    'Precondition not supported here',
    'Leave out If-None-Match; If-Match takes the ETag of what is in the path, such as "v17".',
  ),
  QUERY_INVALID: row(400, 'A query parameter is wrong', 'See /docs for the parameters of this path.'),
  NOT_ACCEPTABLE: row(
    406,
    'No such representation',
    'Accept application/json, text/csv or application/vnd.apache.parquet.',
  ),
  CURSOR_INVALID: row(
    400,
    'The cursor is not one of this list',
    'Use the cursor of the last answer with the same filter and asOf.',
  ),
  UNAUTHENTICATED: row(401, 'No valid token', 'Send Authorization: Bearer with a token that is valid now.'),
  RATE_LIMITED: row(429, 'Too many requests', 'Wait for the seconds in Retry-After.'),
  ROLE_REFUSED: row(
    403,
    'Not for your role',
    'Ask someone whose role may do this; /docs lists the roles of each path.',
  ),
  VALIDATION_FAILED: row(422, 'A field is missing, wrong or not known', 'Correct the fields that errors points at.'),
  IDEMPOTENCY_KEY_REUSED: row(
    422,
    'Idempotency-Key used with another request',
    'Repeat the first request unchanged, or choose a new key.',
  ),
  COMMAND_IN_PROGRESS: row(409, 'The command is being decided', 'Repeat the request in a moment.'),
  LEDGER_UNKNOWN: row(404, 'No such ledger', 'GET /v1/ledgers lists the ledgers.'),
  POSITION_UNKNOWN: row(400, 'The ledger has not come this far', 'Ask as of a position that the ledger has.'),
  BRANCH_OF_BRANCH: row(
    409,
    'A branch has no branches',
    'Open a branch of the ledger that this one goes on from, and send it the commands of both.',
  ),
  ACTOR_UNKNOWN: row(
    404,
    'No such actor',
    'Name an actor COMPANY-ROLE, such as tesla-cfo, or a group-wide role, such as auditor.',
  ),
  LEDGER_UNAVAILABLE: row(
    503,
    'The ledger does not answer',
    'Send the same command again with the same Idempotency-Key.',
  ),
  DATABASE_UNAVAILABLE: row(
    503,
    'The database does not answer',
    'Ask again after the seconds in Retry-After; a command with the same Idempotency-Key.',
  ),
  POSITION_NOT_REACHED: row(503, 'The read model is not there yet', 'Ask again after the seconds in Retry-After.'),
  ISSUER_UNAVAILABLE: row(503, 'Tokens cannot be checked now', 'Ask again after the seconds in Retry-After.'),
  UPSTREAM_UNAVAILABLE: row(
    503,
    'Commands cannot be taken now',
    'Send the same command again with the same Idempotency-Key.',
  ),
  NOT_READY: row(503, 'Not ready', 'Ask again in a moment.'),
  INTERNAL_ERROR: row(500, 'A defect of ours', 'Report the traceId.'),
} as const satisfies Record<string, ProblemCode>;

export type EdgeCode = keyof typeof EDGE_PROBLEMS;

/** Every code that a client can meet. */
export const PROBLEM_CODES: Readonly<Record<string, ProblemCode>> = { ...EDGE_PROBLEMS, ...DOMAIN_PROBLEMS };

/** A rule without an entry of its own is still a broken rule: 409. */
const BROKEN_RULE = row(409, 'A rule is broken', 'See the rules of the command.');

export function problemCode(code: string): ProblemCode {
  return Object.hasOwn(PROBLEM_CODES, code) ? (PROBLEM_CODES[code] ?? BROKEN_RULE) : BROKEN_RULE;
}
