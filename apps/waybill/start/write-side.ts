import { ActorBook } from '#libs/access';
import { decodeBody, encodeBody, schemaVersionOf } from '#libs/contracts';
import { ledgerDecider } from '#libs/domain';
import { LedgerWriters, PostgresLedgerReader } from '#libs/event-store';
import type { CommandPorts } from '#libs/http';
import type { ClosingStack } from './closing-stack.ts';
import type { Logs } from './logs.ts';
import type { Servers } from './servers.ts';

/** Where commands are decided; `onAppended` hears of each group that reached the ledger. */
export function openWriteSide(
  servers: Servers,
  { log }: Logs,
  closing: ClosingStack,
  onAppended: () => void,
): CommandPorts {
  const pool = servers.pool('waybill_writer', 8);
  const writers = new LedgerWriters({
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
  closing.onClose(() => writers.stop());
  return { sink: writers, actors: new ActorBook(pool), ledgers: new PostgresLedgerReader(pool), database: pool };
}
