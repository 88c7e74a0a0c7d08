import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Id } from '#libs/kernel';
import type { Asked } from '../admission/asked.ts';
import { edgeProblem } from '../problem/problem.ts';
import type { PagedQuery } from './query.dto.ts';

/** Where the next page of a list begins, at the position where the first page stood. */
export interface PageStart {
  readonly asOfPosition: number;
  readonly afterId: string;
}

/** A cursor as text, signed together with `list`: whatever else was asked for. */
export function cursorText(key: Uint8Array, list: string, { asOfPosition, afterId }: PageStart): string {
  const payload = Buffer.from(JSON.stringify([asOfPosition, afterId])).toString('base64url');
  return `${payload}.${signature(key, list, payload).toString('base64url')}`;
}

/** The page start in `cursor`. Throws `CURSOR_INVALID` when it was not made for `list` with this key. */
export function pageStart(key: Uint8Array, list: string, cursor: string): PageStart {
  const [payload = '', signed = ''] = cursor.split('.');
  const given = Buffer.from(signed, 'base64url');
  const expected = signature(key, list, payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw edgeProblem('CURSOR_INVALID');
  const [asOfPosition, afterId] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as [number, string];
  return { asOfPosition, afterId };
}

function signature(key: Uint8Array, list: string, payload: string): Buffer {
  return createHmac('sha256', key).update(`${list}\n${payload}`).digest();
}

/** What may differ from page to page. */
const OF_A_PAGE: ReadonlySet<string> = new Set<keyof PagedQuery>(['cursor', 'limit', 'minPosition']);

/** What a cursor is bound to: the list, its filter and asOf, and whose rows it shows. */
export function listOf(ledger: Id, query: PagedQuery, { principal, route }: Asked): string {
  const asked = Object.entries(query).filter(([name, value]) => !OF_A_PAGE.has(name) && value !== undefined);
  const named = asked.sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([route, ledger, principal.company, named]);
}
