import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { ReadModelBehind } from './errors.ts';
import { ledgerProgress } from './progress.ts';

/** What a report is answered from: rows up to `position` of the live generation. They never change. */
export interface AsOf {
  readonly generation: number;
  readonly position: number;
}

/** Fixes the position of a report: where the read models stand, or `asOfPosition`. Throws ReadModelBehind when they are not there yet. */
export async function resolveAsOf(db: Queryable, ledger: Id, asOfPosition: number | null | undefined): Promise<AsOf> {
  const { generation, position } = await ledgerProgress(db, ledger);
  const wanted = asOfPosition ?? position;
  if (wanted > position) throw new ReadModelBehind(ledger, wanted, position);
  return { generation, position: wanted };
}
