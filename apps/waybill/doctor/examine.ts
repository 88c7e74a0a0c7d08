import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import {
  type Completeness,
  completenessOf,
  type ProjectionLag,
  projectionLags,
  type Verification,
  verifyReadModels,
} from '#libs/read-models';

export interface Examination extends Verification {
  /** Whether the events that the read models have read are those that the ledger holds. */
  readonly completeness: Completeness;
  /** What keeps the read models from going on; null: nothing does. */
  readonly halt: ProjectionLag['halt'];
  /** The ledger's last position. */
  readonly head: number;
  readonly isSound: boolean;
}

const PATIENCE_MS = 10_000;

/**
 * Compares the read models of `ledger` with a fold of it, in one snapshot; waits up to 10 s for them to have come as far
 * as the ledger had when it was asked, unless an event halts them. Null: there is no such ledger. Throws ReadModelError for
 * an event that no fold takes.
 */
export async function examine(client: pg.Client, ledger: Id): Promise<Examination | null> {
  const asked = await new PostgresLedgerReader(client).head(ledger);
  if (asked === null) return null;
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await inSnapshot(client, ledger);
    const isBehind = found.position < asked.position;
    const isSound =
      !isBehind && found.halt === null && found.differences.length === 0 && found.completeness.code === null;
    if (!isBehind || found.halt !== null || performance.now() > giveUpAtMs)
      return { head: asked.position, ...found, isSound };
    await sleep(250);
  }
}

/** One snapshot for ledger and read models, so that a projector at work makes no difference. */
async function inSnapshot(client: pg.Client, ledger: Id): Promise<Omit<Examination, 'head' | 'isSound'>> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const reader = new PostgresLedgerReader(client);
    const completeness = await completenessOf(client, ledger);
    const verification = await verifyReadModels({ db: client, reader, decode: decodeBody }, ledger);
    const live = (await projectionLags(client, [ledger])).find(({ isLive }) => isLive);
    return { ...verification, completeness, halt: live?.halt ?? null };
  } finally {
    await client.query('rollback');
  }
}
