import { isDeepStrictEqual } from 'node:util';
import type { RowsByKey } from './stored-rows.ts';

/** Where a table and a fold of the ledger disagree: a row is missing (`found` null), too many (`expected` null), or another. */
export interface ReadModelDifference {
  readonly table: string;
  readonly key: string;
  readonly expected: object | null;
  readonly found: object | null;
}

export function differences(table: string, expected: RowsByKey, found: RowsByKey): readonly ReadModelDifference[] {
  const keys = new Set([...expected.keys(), ...found.keys()]);
  return [...keys].flatMap((key) => {
    const difference = { table, key, expected: expected.get(key) ?? null, found: found.get(key) ?? null };
    return isDeepStrictEqual(difference.expected, difference.found) ? [] : [difference];
  });
}
