import { Inject, Injectable } from '@nestjs/common';
import { cloudEventId } from '#libs/contracts';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { lineageFaults, lineageReport, type LineageItem, type LineageReport } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { edgeProblem } from '../problem/problem.ts';
import { awaitedAsOf, knownLedger } from '../query/as-of.ts';
import { cursorText, listOf, pageStart } from '../query/cursor.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';
import type { LineageQueryDto } from './lineage.dto.ts';

/** Where figures come from, each with the eyes that its report is read with. */
@Injectable()
export class LineageReader {
  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly eyes: ReadersEyes,
  ) {}

  async page(ledger: Id, query: LineageQueryDto, asked: Asked): Promise<object> {
    checkSubject(query);
    const { cursorKey, ledgers, wholeGroup } = this.ports;
    const { report, figure, cursor } = query;
    const list = listOf(ledger, query, asked);
    const start = cursor === undefined ? null : pageStart(cursorKey, list, cursor);
    const { clock } = await knownLedger(ledgers, ledger);
    const asOfPosition = start?.asOfPosition ?? (await awaitedAsOf(this.ports, ledger, query));
    const found = await this.read(ledger, query, asked, { asOfPosition, afterPosition: Number(start?.afterId ?? 0) });
    await this.eyes.record(ledger, asked, found.asOfPosition);
    const items = await named(wholeGroup, ledger, found.items);
    return { clock, report, figure, ...found, items, nextCursor: nextCursor(cursorKey, list, found) };
  }

  /** The load of a site is of all companies: it is shown whole to the site's, as in its reports. */
  private read(
    ledger: Id,
    query: LineageQueryDto,
    { principal }: Asked,
    at: { readonly asOfPosition: number | null; readonly afterPosition: number },
  ): Promise<LineageReport> {
    const { validAt, limit, ...subject } = query;
    const read = (db: Queryable, companyIds: readonly Id[] | null) =>
      lineageReport(db, ledger, { ...at, subject, validAt, limit, companyIds });
    return query.report === 'site-load' || query.report === 'idleness'
      ? this.eyes.seeWhole(ledger, principal, read)
      : this.eyes.see(ledger, principal, (db) => read(db, null));
  }
}

function checkSubject(query: LineageQueryDto): void {
  const errors = [...lineageFaults(query)].map(([field, detail]) => ({ pointer: `/${field}`, detail }));
  if (errors.length > 0) throw edgeProblem('QUERY_INVALID', { errors });
}

/** With what each event is. Who may see what an event adds to a figure may know its type; its data stay in the ledger. */
async function named(db: Queryable, ledger: Id, items: readonly LineageItem[]): Promise<readonly object[]> {
  const positions = items.map(({ position }) => position);
  const { rows } = await db.query<{ position: string; type: string; stream: string }>(SELECT_EVENTS, [
    ledger,
    positions,
  ]);
  const events = new Map(rows.map((row) => [Number(row.position), row]));
  return items.map(({ position, effectiveAt, amount }) => {
    const { type, stream } = events.get(position) ?? {};
    return { position, eventId: cloudEventId({ ledger, position }), type, stream, effectiveAt, amount };
  });
}

const SELECT_EVENTS = `
  select position, type, stream
  from ledger.history
  where ledger = $1 and position = any ($2::bigint[])`;

function nextCursor(key: Uint8Array, list: string, { asOfPosition, items, hasMore }: LineageReport): string | null {
  const last = items.at(-1);
  return hasMore && last !== undefined ? cursorText(key, list, { asOfPosition, afterId: String(last.position) }) : null;
}
