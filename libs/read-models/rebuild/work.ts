import type pg from 'pg';
import type { Id } from '#libs/kernel';
import type { DecodeEvent } from '../projection/decode.ts';
import type { Halt } from '../projection/halt.ts';
import type { ReadModelDifference } from '../verification/difference.ts';
import type { GenerationBuilder } from './builder.ts';
import type { Findings } from './findings.ts';
import type { RebuildOrder } from './record.ts';
import type { RebuildSource } from './source.ts';

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

/** One rebuild on its way. */
export interface RebuildWork extends RebuildParts {
  readonly order: RebuildOrder;
  readonly live: number;
  readonly generation: number;
  readonly builder: GenerationBuilder;
  readonly findings: Findings;
}
