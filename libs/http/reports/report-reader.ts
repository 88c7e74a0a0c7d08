import { Inject, Injectable } from '@nestjs/common';
import type { LedgerClock, Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { deliveryScheduleReport, positionsReport, type PositionsReport, type ScheduleReport } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { awaitedAsOf, knownLedger } from '../query/as-of.ts';
import { cursorText, pageStart } from '../query/cursor.ts';
import type { AsOfQuery, PositionsQueryDto, ScheduleQueryDto } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';

type Told<Report> = Report & { readonly clock: LedgerClock };

/** What was asked for, its `asOf` as a position; null: the latest. */
type Filter<Query extends AsOfQuery> = Query & { readonly asOfPosition: number | null };

/** The reports, as of any position, each with the eyes of who asks. */
@Injectable()
export class ReportReader {
  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly eyes: ReadersEyes,
  ) {}

  positions(ledger: Id, query: PositionsQueryDto, asked: Asked): Promise<Told<PositionsReport>> {
    return this.told(ledger, query, asked, (db, { by, ...filter }) =>
      positionsReport(db, ledger, { ...filter, bySite: by === 'site' }),
    );
  }

  /** What `read` answers as of the position that `query` asks for, with the eyes of who asks; on record where it crosses companies. */
  async told<Query extends AsOfQuery, Report extends { readonly asOfPosition: number }>(
    ledger: Id,
    query: Query,
    asked: Asked,
    read: (db: Queryable, filter: Filter<Query>) => Promise<Report>,
  ): Promise<Told<Report>> {
    const { clock } = await knownLedger(this.ports.ledgers, ledger);
    const asOfPosition = await awaitedAsOf(this.ports, ledger, query);
    const report = await this.eyes.see(ledger, asked.principal, (db) =>
      read(db, Object.assign({}, query, { asOfPosition })),
    );
    await this.eyes.record(ledger, asked, report.asOfPosition);
    return { clock, ...report };
  }

  async deliverySchedule(
    ledger: Id,
    query: ScheduleQueryDto,
    asked: Asked,
  ): Promise<Told<ScheduleReport & { nextCursor: string | null }>> {
    const { cursor, limit, ...filter } = query;
    const list = listOf(ledger, filter, asked);
    const start = cursor === undefined ? null : pageStart(this.ports.cursorKey, list, cursor);
    const { clock } = await knownLedger(this.ports.ledgers, ledger);
    const asOfPosition = start?.asOfPosition ?? (await awaitedAsOf(this.ports, ledger, filter));
    const page = { ...filter, limit, asOfPosition, afterLineId: start?.afterId };
    const report = await this.eyes.see(ledger, asked.principal, (db) => deliveryScheduleReport(db, ledger, page));
    await this.eyes.record(ledger, asked, report.asOfPosition);
    return { clock, ...report, nextCursor: this.nextCursor(list, report) };
  }

  private nextCursor(list: string, { asOfPosition, items, hasMore }: ScheduleReport): string | null {
    const last = items.at(-1);
    return hasMore && last !== undefined
      ? cursorText(this.ports.cursorKey, list, { asOfPosition, afterId: last.lineId })
      : null;
  }
}

/** What a cursor is bound to: the list, its filter and asOf, and whose rows it shows. */
function listOf(ledger: Id, filter: Omit<ScheduleQueryDto, 'cursor' | 'limit'>, { principal, route }: Asked): string {
  const { asOf, validAt, companyId, skuId, siteId } = filter;
  return JSON.stringify(
    [route, ledger, principal.company, asOf, validAt, companyId, skuId, siteId].map((part) => part ?? null),
  );
}
