import type pg from 'pg';
import { ActorBook } from '#libs/access';
import { decodeBody, encodeBody, schemaVersionOf } from '#libs/contracts';
import { ledgerDecider, type LedgerCommand, type LedgerEvent, type LedgerState } from '#libs/domain';
import {
  type CommandPreviews,
  type CommandSink,
  LedgerPreviews,
  LedgerWriters,
  PostgresLedgerReader,
  type WriterObserver,
} from '#libs/event-store';
import type { Log } from '#libs/messaging';
import { bookSnapshots } from './book-snapshots.ts';
import { measuredBatches, measuredSink, measureQueues, type Metrics, together } from './metrics/index.ts';

/** What the command side stands on. */
export interface WriteSide {
  /** Where commands are decided. */
  readonly sink: CommandSink<LedgerState, LedgerCommand>;
  readonly previews: CommandPreviews<LedgerState, LedgerCommand>;
  readonly actors: ActorBook;
  readonly ledgers: PostgresLedgerReader;
  readonly database: pg.Pool;
  /** Answers what it took; to be called before the pool ends. */
  stop(): Promise<void>;
}

export interface WriteSideParts {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Hears of each group that reached the ledger. */
  readonly onAppended?: () => void;
}

/** Decides commands as role waybill_writer. */
export function openWriteSide(pool: pg.Pool, { log, metrics, onAppended }: WriteSideParts): WriteSide {
  const rules = {
    pool,
    decider: ledgerDecider,
    codec: { encode: encodeBody, decode: decodeBody },
    schemaVersionOf,
    clock: { todayMs: Date.now },
    snapshots: bookSnapshots(pool),
  };
  const writers = new LedgerWriters<LedgerState, LedgerCommand, LedgerEvent>({
    ...rules,
    observer: together<WriterObserver>(logWriters(log), measuredBatches(metrics), {
      onBatch: ({ events }) => events > 0 && onAppended?.(),
    }),
  });
  measureQueues(metrics, () => writers.statistics());
  return {
    sink: measuredSink(metrics, writers),
    previews: new LedgerPreviews<LedgerState, LedgerCommand, LedgerEvent>(rules),
    actors: new ActorBook(pool),
    ledgers: new PostgresLedgerReader(pool),
    database: pool,
    stop: () => writers.stop(),
  };
}

function logWriters(log: Log): WriterObserver {
  return {
    onConflict: (conflict) => log.info(conflict, 'another process wrote first: deciding again'),
    onTurn: ({ error, taken, ...turn }) => {
      if (!taken) log.warn({ err: error, ...turn }, 'no turn at a ledger in time: lining up for its lock');
    },
    onRetry: ({ error, ...retry }) => log.warn({ err: error, ...retry }, 'PostgreSQL did not answer: sending again'),
    onRefusal: ({ error, ...refusal }) => log.error({ err: error, ...refusal }, 'a command could not be stored'),
    onOpened: ({ error, ...opened }) => {
      if (opened.ignored === null) log.info(opened, 'the book of a ledger was read');
      else
        log.warn(
          { err: error, ...opened },
          'a snapshot was left aside: the book of a ledger was read from its first event',
        );
    },
    onSnapshot: ({ error, ...snapshot }) => {
      if (snapshot.outcome !== 'failed') log.info(snapshot, 'a snapshot of the book was taken');
      else log.warn({ err: error, ...snapshot }, 'a snapshot of the book could not be kept');
    },
  };
}
