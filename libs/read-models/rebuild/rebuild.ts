import type pg from 'pg';
import type { Id } from '#libs/kernel';
import { FIRST_GENERATION } from '../generation.ts';
import type { DecodeEvent } from '../projection/decode.ts';
import type { Halt } from '../projection/halt.ts';
import { liveGeneration } from '../projection/standing.ts';
import type { ReadModelDifference } from '../verification/difference.ts';
import { GenerationBuilder } from './builder.ts';
import { removeGeneration } from './drop.ts';
import { Findings } from './findings.ts';
import { feed } from './feed.ts';
import { whileAlone } from './lock.ts';
import { beginRecord, leftovers, type RebuildOrder } from './record.ts';
import type { RebuildSource } from './source.ts';
import { concluded } from './conclude.ts';

export interface RebuildParts {
  /** Signed in as waybill_projector, with four connections or more. */
  readonly pool: pg.Pool;
  readonly source: RebuildSource;
  readonly decode: DecodeEvent;
  /** Events a statement and a transaction; 20,000 unless told. */
  readonly pageEvents?: number;
  /** How long the source may leave an event out that the live read models have read; 10,000 unless told. */
  readonly patienceMs?: number;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

export interface RebuildProgress {
  readonly phase: 'building' | 'comparing';
  /** Positions done and to do in this phase; `goal` moves while the ledger grows. */
  readonly position: number;
  readonly goal: number;
}

/** What a rebuild did. `switched`: reports are answered from `generation` now; the one of before is kept. */
export interface RebuildReport {
  readonly ledger: Id;
  readonly outcome: 'switched' | 'differs' | 'halted';
  readonly generation: number;
  readonly beside: number;
  /** The generation holds positions 1 to this one, each once. */
  readonly position: number;
  /** Of what it read, hex; the digest of read.checkpoints. */
  readonly digest: string;
  readonly eventsFrom: { readonly ledger: number; readonly topic: number };
  /** All of them counted, the first named. */
  readonly differences: { readonly count: number; readonly named: readonly ReadModelDifference[] };
  /** Set when the event after `position` can be folded by no release like this. */
  readonly halt: Halt | null;
  /** Of building alone. */
  readonly buildMs: number;
}

/**
 * Builds the read models of a ledger anew beside the live ones, up to where those stand, compares row by row, and puts
 * the new generation live in one transaction: when nothing differs, or `switchAnyway` is said. What another rebuild
 * left unfinished is dropped first. Throws RebuildUnderWay, SourceIncomplete, GenerationTaken.
 *
 * @example await rebuildReadModels(parts, { ledger: 'redirected-h100s', who: 'ada', why: 'new fold of slips' });
 */
export function rebuildReadModels(parts: RebuildParts, order: RebuildOrder): Promise<RebuildReport> {
  return whileAlone(parts.pool, order.ledger, async () => {
    const { pool, source, decode } = parts;
    const { ledger } = order;
    for (const leftover of await leftovers(pool, ledger)) await removeGeneration(pool, ledger, leftover);
    await pool.query(FIRST_LIVE, [ledger, FIRST_GENERATION]);
    const live = await liveGeneration(pool, ledger);
    const generation = await beginRecord(pool, order, source.kind, live);
    const work: RebuildWork = {
      ...parts,
      order,
      live,
      generation,
      builder: new GenerationBuilder({ pool, decode, ledger, generation }),
      findings: new Findings(),
    };
    const startedMs = performance.now();
    await feed(work, pool, parts.patienceMs ?? PATIENCE_MS);
    return concluded(work, performance.now() - startedMs);
  });
}

/** One rebuild on its way. */
export interface RebuildWork extends RebuildParts {
  readonly order: RebuildOrder;
  readonly live: number;
  readonly generation: number;
  readonly builder: GenerationBuilder;
  readonly findings: Findings;
}

const PATIENCE_MS = 10_000;

// Of a ledger that was never projected: else the first rows written would be live.
const FIRST_LIVE = `
  insert into read.generations (ledger, active)
  values ($1, $2)
  on conflict do nothing`;
