import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader } from '#libs/event-store';
import type { BrokenInvariant } from '#libs/domain';
import type { Id } from '#libs/kernel';
import {
  brokenRows,
  type Completeness,
  completenessOf,
  type ProjectionLag,
  projectionLags,
  type Verification,
  verifyReadModels,
} from '#libs/read-models';
import type { EventsDone } from '../rebuild/progress.ts';
import { auditLedger } from './audit-ledger.ts';
import { compareReports } from './compare-reports.ts';

/** An invariant of the domain that does not hold, and where that was seen. */
export interface FoundInvariant extends BrokenInvariant {
  readonly seenIn: 'ledger' | 'readModels';
}

export interface Examination extends Verification {
  /** Whether the events that the read models have read are those that the ledger holds. */
  readonly completeness: Completeness;
  /** What keeps the read models from going on; null: nothing does. */
  readonly halt: ProjectionLag['halt'];
  /** The ledger's last position. */
  readonly head: number;
  /** Up to where the read models stand. */
  readonly brokenInvariants: readonly FoundInvariant[];
  readonly isSound: boolean;
}

export type ShowProgress = (progress: EventsDone) => void;

const PATIENCE_MS = 10_000;

/**
 * Compares the read models of `ledger` with a fold of it and holds both to the domain's invariants, in one snapshot; waits up to 10 s for them to have come as far
 * as the ledger had when it was asked, unless an event halts them. Null: there is no such ledger. Throws ReadModelError for
 * an event that no fold takes.
 */
export async function examine(
  client: pg.Client,
  ledger: Id,
  show: ShowProgress = () => undefined,
): Promise<Examination | null> {
  const asked = await new PostgresLedgerReader(client).head(ledger);
  if (asked === null) return null;
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await inSnapshot(client, ledger, show);
    const isBehind = found.position < asked.position;
    const isSound =
      !isBehind &&
      found.halt === null &&
      found.differences.length === 0 &&
      found.completeness.code === null &&
      found.brokenInvariants.length === 0;
    if (!isBehind || found.halt !== null || performance.now() > giveUpAtMs)
      return { head: asked.position, ...found, isSound };
    await sleep(250);
  }
}

/** One snapshot for ledger and read models, so that a projector at work makes no difference. */
async function inSnapshot(
  client: pg.Client,
  ledger: Id,
  show: ShowProgress,
): Promise<Omit<Examination, 'head' | 'isSound'>> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const reader = new PostgresLedgerReader(client);
    const completeness = await completenessOf(client, ledger);
    const onProgress = (position: number, goal: number) => show({ phase: 'comparing', position, goal });
    const verification = await verifyReadModels({ db: client, reader, decode: decodeBody, onProgress }, ledger);
    const brokenInvariants = await invariantsOf(client, reader, ledger, verification, show);
    const live = (await projectionLags(client, [ledger])).find(({ isLive }) => isLive);
    return { ...verification, completeness, brokenInvariants, halt: live?.halt ?? null };
  } finally {
    await client.query('rollback');
  }
}

async function invariantsOf(
  db: pg.Client,
  reader: PostgresLedgerReader,
  ledger: Id,
  { generation, position }: Verification,
  show: ShowProgress,
): Promise<readonly FoundInvariant[]> {
  const onProgress = (done: number) => show({ phase: 'auditing', position: done, goal: position });
  const { audit, broken } = await auditLedger(reader, ledger, position, onProgress);
  const inRows = await brokenRows(db, { generation, ledger, position });
  const inReports = await compareReports({ db, ledger, asOfPosition: position, audit });
  return [
    ...broken.map((each) => ({ ...each, seenIn: 'ledger' as const })),
    ...[...inRows, ...inReports].map((each) => ({ ...each, seenIn: 'readModels' as const })),
  ];
}
