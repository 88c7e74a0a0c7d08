import type { Pool } from 'pg';
import type { ActorBook } from '#libs/access';
import type { LedgerCommand, LedgerState } from '#libs/domain';
import type { CommandPreviews, CommandSink, LedgerReader } from '#libs/event-store';

/** What the command side stands on. */
export abstract class CommandPorts {
  /** Where commands are decided. */
  abstract readonly sink: CommandSink<LedgerState, LedgerCommand>;
  abstract readonly previews: CommandPreviews<LedgerState, LedgerCommand>;
  abstract readonly actors: ActorBook;
  abstract readonly ledgers: LedgerReader;
  /** As role waybill_writer: opens ledgers. */
  abstract readonly database: Pick<Pool, 'query'>;
}
