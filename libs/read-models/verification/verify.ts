import type { LedgerReader, Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { LineId } from '../delivery-schedule/line.ts';
import type { Timeline } from '../delivery-schedule/timeline.ts';
import type { BlockTable } from '../event-tables/event-table.ts';
import { EVENT_TABLES } from '../event-tables/event-tables.ts';
import { RowGathering } from '../event-tables/gather.ts';
import { POSITION_BLOCKS } from '../positions/insert.ts';
import { START, type Checkpoint } from '../projection/checkpoint.ts';
import type { DecodeEvent } from '../projection/decode.ts';
import { foldBatch, readable, type FoldedBatch } from '../projection/fold-batch.ts';
import { readStanding } from '../projection/standing.ts';
import { BlockSums } from './block-sums.ts';
import { differences as differencesOf, type ReadModelDifference } from './difference.ts';
import { recordedByKey, storedEventRows } from './stored-event-rows.ts';
import { keyed, storedRows, type ComparedTable } from './stored-rows.ts';

export interface Verification {
  /** The one that was compared. */
  readonly generation: number;
  /** Where the read models stand: the ledger was folded up to here. */
  readonly position: number;
  /** Empty when the tables hold what a fold of the ledger gives, row for row, and nothing else. */
  readonly differences: readonly ReadModelDifference[];
}

export interface VerificationParts {
  /** Signed in as waybill_projector or waybill_auditor; nothing is projected to this ledger meanwhile. */
  readonly db: Queryable;
  readonly reader: LedgerReader;
  readonly decode: DecodeEvent;
  /** Absent: the live one. */
  readonly generation?: number;
  /** Told after each page how far it is, and of how much. */
  readonly onProgress?: (position: number, goal: number) => void;
}

const PAGE_EVENTS = 2_000;

/**
 * Folds `ledger` anew, in memory, up to where its read models stand, and compares every row, every block's sums and the
 * digest of what was read. Throws ReadModelError for an event that cannot be folded: the projector is halted before it.
 */
export async function verifyReadModels(parts: VerificationParts, ledger: Id): Promise<Verification> {
  const { db } = parts;
  const { generation, checkpoint: standing } = await readStanding(db, parts.generation ?? null, ledger);
  const sumsOf = (table: BlockTable) => new BlockSums(db, generation, ledger, table);
  const positions = sumsOf(POSITION_BLOCKS);
  const others = EVENT_TABLES.flatMap((table) =>
    table.blocks === undefined ? [] : [{ table, sums: sumsOf(table.blocks) }],
  );
  const timelines = new Map<LineId, Timeline>();
  const found: ReadModelDifference[] = [];
  let folded = START;
  while (folded.position < standing.position) {
    const batch = await nextBatch(parts, ledger, folded, standing.position, timelines);
    if (batch === null) break;
    const stretch = { generation, ledger, after: folded.position, upTo: batch.checkpoint.position };
    found.push(...(await comparedRows(db, batch, stretch)));
    found.push(...(await positions.take(batch.contributions, batch.checkpoint.position)));
    for (const { table, sums } of others) {
      found.push(...(await sums.take(batch.rows.get(table) ?? [], batch.checkpoint.position)));
    }
    folded = batch.checkpoint;
    parts.onProgress?.(folded.position, standing.position);
  }
  const beyond = { generation, ledger, after: standing.position, upTo: null };
  found.push(...(await comparedRows(db, NOTHING, beyond)), ...(await positions.beyond()));
  for (const { sums } of others) found.push(...(await sums.beyond()));
  const differences = [...found, ...comparedCheckpoint(ledger, folded, standing)];
  return { generation, position: standing.position, differences };
}

const NOTHING: FoldedBatch = {
  checkpoint: START,
  contributions: [],
  versions: [],
  lineContributions: [],
  rows: new RowGathering().rows,
};

/** Null when the ledger ends before the checkpoint. */
async function nextBatch(
  { reader, decode }: VerificationParts,
  ledger: Id,
  from: Checkpoint,
  upTo: number,
  timelines: Map<LineId, Timeline>,
): Promise<FoldedBatch | null> {
  const events = await reader.read(ledger, { after: from.position, upTo, limit: PAGE_EVENTS });
  if (events.length === 0) return null;
  const read = readable(events, decode);
  const { batch, poison } = foldBatch(from, timelines, read.events);
  const refused = poison ?? read.poison;
  if (refused !== null) throw refused.error;
  return batch;
}

async function comparedRows(
  db: Queryable,
  { contributions, versions, lineContributions, rows }: FoldedBatch,
  stretch: Parameters<typeof storedRows>[2],
): Promise<readonly ReadModelDifference[]> {
  const expected: readonly (readonly [ComparedTable, readonly object[]])[] = [
    ['position_contributions', contributions],
    ['delivery_versions', versions],
    ['delivery_contributions', lineContributions],
  ];
  const found: ReadModelDifference[] = [];
  for (const [table, rows] of expected) {
    found.push(...differencesOf(table, keyed(table, rows), await storedRows(db, table, stretch)));
  }
  for (const [table, expectedRows] of rows) {
    const stored = await storedEventRows(db, table, stretch);
    found.push(...differencesOf(table.name, recordedByKey(expectedRows), stored));
  }
  return found;
}

function comparedCheckpoint(ledger: Id, folded: Checkpoint, standing: Checkpoint): readonly ReadModelDifference[] {
  const row = ({ digest, ...rest }: Checkpoint): object => ({ ...rest, digest: digest.toString('hex') });
  return differencesOf('checkpoints', new Map([[ledger, row(folded)]]), new Map([[ledger, row(standing)]]));
}
