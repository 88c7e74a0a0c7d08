import type { FastifyRequest } from 'fastify';
import { edgeProblem } from '../problem/problem.ts';

/** What a command is asked under, beside its body. */
export interface Conditions {
  readonly isDryRun: boolean;
  readonly expectedVersion: number | null;
}

const ETAG = /^"v(0|[1-9]\d{0,14})"$/;
/** Commands that go to a thing that is there, whose stream has a version. */
const OF_ONE_THING = /^\/v1\/ledgers\/:ledger\/(?:orders|amendments|shipments|returns|redirections|sites|requests)\/:/;
const OF_A_LEDGER = /^\/v1\/ledgers\/:ledger\//;

/** Whether a command at `url`, a route with `:name` for each parameter, may carry If-Match. */
export function takesIfMatch(url: string): boolean {
  return OF_ONE_THING.test(url);
}

/**
 * `?dryRun` and `If-Match` of a command. A parameter or condition that is not understood must not be taken as if it were
 * not there: throws the `Problem` QUERY_INVALID, PRECONDITION_UNSUPPORTED.
 */
export function conditionsOf({ method, headers, query, routeOptions }: FastifyRequest): Conditions {
  if (method !== 'POST') return { isDryRun: false, expectedVersion: null };
  const url = routeOptions.url ?? '';
  return {
    isDryRun: dryRunIn(query as Readonly<Record<string, unknown>>, OF_A_LEDGER.test(url)),
    expectedVersion: versionIn(headers, takesIfMatch(url)),
  };
}

function dryRunIn(query: Readonly<Record<string, unknown>>, mayBe: boolean): boolean {
  const { dryRun, ...others } = query;
  const [parameter] = Object.keys(mayBe ? others : query);
  if (parameter !== undefined) throw unknownParameter(parameter, 'is not known here');
  if (dryRun === undefined || dryRun === 'false') return false;
  if (dryRun !== 'true') throw unknownParameter('dryRun', 'must be true or false');
  return true;
}

function unknownParameter(parameter: string, detail: string) {
  return edgeProblem('QUERY_INVALID', { errors: [{ pointer: `/${parameter}`, detail }] });
}

function versionIn(headers: FastifyRequest['headers'], hasVersion: boolean): number | null {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifNoneMatch !== undefined) throw edgeProblem('PRECONDITION_UNSUPPORTED');
  if (ifMatch === undefined) return null;
  const version = hasVersion ? ETAG.exec(ifMatch)?.[1] : undefined;
  if (version === undefined) throw edgeProblem('PRECONDITION_UNSUPPORTED');
  return Number(version);
}
