import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import type { DocumentRow } from './table.ts';

export interface DocumentsQuery {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  /** Of events that were effective by then. */
  readonly validAt?: Day | null | undefined;
  /** That may see it. */
  readonly companyId?: Id | undefined;
  readonly sha256?: string | undefined;
  readonly stream?: string | undefined;
  /** Documents after this one, in the order of the ledger. */
  readonly afterDocumentId?: string | undefined;
  /** 500 when absent. */
  readonly limit?: number | undefined;
}

export interface DocumentItem extends Omit<DocumentRow, 'audience' | 'recordedAtMs'> {
  /** `POSITION.N`: the N-th document of the event there, from 1. */
  readonly documentId: string;
  readonly position: number;
  readonly effectiveAt: Day;
  readonly recordedAt: string;
}

export interface DocumentsReport {
  readonly asOfPosition: number;
  readonly validAt: Day | null;
  readonly items: readonly DocumentItem[];
  readonly hasMore: boolean;
}

/** Every document that an event names as its evidence, in the order of the ledger. `db` decides what is seen. Throws ReadModelBehind. */
export async function documentsReport(
  db: Queryable,
  ledger: Id,
  {
    asOfPosition,
    validAt = null,
    companyId,
    sha256,
    stream,
    afterDocumentId = '0.0',
    limit = 500,
  }: DocumentsQuery = {},
): Promise<DocumentsReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const [afterPosition, afterNumber] = afterDocumentId.split('.').map(Number);
  const { rows } = await db.query<Columns>(SELECT_DOCUMENTS, [
    ...[generation, ledger, position, validAt, companyId ?? null, sha256 ?? null, stream ?? null],
    ...[afterPosition ?? 0, (afterNumber ?? 0) - 1, limit + 1],
  ]);
  const items = rows.slice(0, limit).map(itemOf);
  return { asOfPosition: position, validAt, items, hasMore: rows.length > limit };
}

type Columns = Omit<DocumentItem, 'documentId' | 'recordedAt'> & {
  readonly seq: number;
  readonly recordedAtMs: number;
};

function itemOf({ seq, recordedAtMs, ...row }: Columns): DocumentItem {
  const documentId = `${row.position}.${seq + 1}`;
  return { documentId, ...row, recordedAt: new Date(recordedAtMs).toISOString() };
}

// No position is beyond the safe integers, so a double holds it.
const SELECT_DOCUMENTS = `
  select position::double precision as position, seq, type, stream, uri, sha256, effective_on::text as "effectiveAt",
         recorded_at_ms::double precision as "recordedAtMs", actor, acting_for as "actingFor"
  from read.documents
  where generation = $1 and ledger = $2 and position <= $3
    and (position, seq) > ($8::bigint, $9::integer)
    and ($4::date is null or effective_on <= $4)
    and ($5::text is null or $5 = any (audience))
    and ($6::text is null or sha256 = $6)
    and ($7::text is null or stream = $7)
  order by position, seq
  limit $10`;
