import type { Pool } from 'pg';
import type { AccessLog, ActorBook } from '#libs/access';
import type { LedgerReader } from '#libs/event-store';
import type { ProgressWatch } from '#libs/read-models';

/** What the query side stands on. */
export abstract class QueryPorts {
  /** As role waybill_auditor: reads whole ledgers. */
  abstract readonly ledgers: LedgerReader;
  /** As role waybill_auditor. */
  abstract readonly wholeGroup: Pool;
  /** As role waybill_query, held to the companies that a transaction names. */
  abstract readonly byCompany: Pool;
  abstract readonly progress: Pick<ProgressWatch, 'waitForPosition'>;
  abstract readonly actors: ActorBook;
  abstract readonly accessLog: AccessLog;
  /** Signs cursors: at least 32 bytes, the same in every process that answers one origin. */
  abstract readonly cursorKey: Uint8Array;
}
