import type pg from 'pg';
import { ActorBook } from '#libs/access';
import { decodeBody, encodeBody, schemaVersionOf } from '#libs/contracts';
import { ledgerDecider, type LedgerCommand, type LedgerEvent, type LedgerState } from '#libs/domain';
import { LedgerWriters, PostgresLedgerReader } from '#libs/event-store';
import type { Log } from '#libs/messaging';

/** What the command side stands on. */
export interface WriteSide {
  /** Where commands are decided; to be stopped before the pool ends. */
  readonly sink: LedgerWriters<LedgerState, LedgerCommand, LedgerEvent>;
  readonly actors: ActorBook;
  readonly ledgers: PostgresLedgerReader;
  readonly database: pg.Pool;
}

/** Decides commands as role waybill_writer; `onAppended` hears of each group that reached the ledger. */
export function openWriteSide(pool: pg.Pool, log: Log, onAppended: () => void = () => undefined): WriteSide {
  const sink = new LedgerWriters<LedgerState, LedgerCommand, LedgerEvent>({
    pool,
    decider: ledgerDecider,
    codec: { encode: encodeBody, decode: decodeBody },
    schemaVersionOf,
    clock: { todayMs: Date.now },
    observer: {
      onBatch: ({ events }) => events > 0 && onAppended(),
      onConflict: (conflict) => log.info(conflict, 'another process wrote first: deciding again'),
      onRetry: ({ error, ...retry }) => log.warn({ err: error, ...retry }, 'PostgreSQL did not answer: sending again'),
      onRefusal: ({ error, ...refusal }) => log.error({ err: error, ...refusal }, 'a command could not be stored'),
    },
  });
  return { sink, actors: new ActorBook(pool), ledgers: new PostgresLedgerReader(pool), database: pool };
}
