import { Inject, Injectable } from '@nestjs/common';
import type { LedgerClock, Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { deliveryScheduleReport, positionsReport, type PositionsReport, type ScheduleReport } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { awaitedAsOf, knownLedger } from '../query/as-of.ts';
import { cursorText, listOf, pageStart } from '../query/cursor.ts';
import type { AsOfQuery, PagedQuery, PositionsQueryDto, ScheduleQueryDto } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';

type Told<Report> = Report & { readonly clock: LedgerClock };

/** What was asked for, its `asOf` as a position; null: the latest. */
type Filter<Query extends AsOfQuery> = Query & { readonly asOfPosition: number | null };

/** A part of a list at one position, in the order of ids. */
interface Page {
  readonly asOfPosition: number;
  readonly items: readonly object[];
  readonly hasMore: boolean;
}

type TellingPage<Report> = Told<Report> & { readonly nextCursor: string | null };

interface Paging<Query extends PagedQuery, Report extends Page> {
  /** The items after `afterId`; from the first when undefined. */
  readonly read: (db: Queryable, page: Filter<Query> & { readonly afterId: string | undefined }) => Promise<Report>;
  readonly idOf: (item: Report['items'][number]) => string;
}

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

  /** As {@link told}, of figures that are shown whole or not at all; `read` is held to the companies named, null for none. */
  async toldWhole<Query extends AsOfQuery, Report extends { readonly asOfPosition: number }>(
    ledger: Id,
    query: Query,
    asked: Asked,
    read: (db: Queryable, filter: Filter<Query> & { readonly companyIds: readonly Id[] | null }) => Promise<Report>,
  ): Promise<Told<Report>> {
    const { clock } = await knownLedger(this.ports.ledgers, ledger);
    const asOfPosition = await awaitedAsOf(this.ports, ledger, query);
    const report = await this.eyes.seeWhole(ledger, asked.principal, (db, companyIds) =>
      read(db, Object.assign({}, query, { asOfPosition, companyIds })),
    );
    await this.eyes.record(ledger, asked, report.asOfPosition);
    return { clock, ...report };
  }

  deliverySchedule(ledger: Id, query: ScheduleQueryDto, asked: Asked): Promise<TellingPage<ScheduleReport>> {
    return this.pageOf(ledger, query, asked, {
      read: (db, { afterId, ...filter }) => deliveryScheduleReport(db, ledger, { ...filter, afterLineId: afterId }),
      idOf: ({ lineId }) => lineId,
    });
  }

  /** As `told`, page by page in the order of ids: a cursor stands at the position of the first page. */
  async pageOf<Query extends PagedQuery, Report extends Page>(
    ledger: Id,
    query: Query,
    asked: Asked,
    { read, idOf }: Paging<Query, Report>,
  ): Promise<TellingPage<Report>> {
    const { cursor } = query;
    const list = listOf(ledger, query, asked);
    const start = cursor === undefined ? null : pageStart(this.ports.cursorKey, list, cursor);
    const { clock } = await knownLedger(this.ports.ledgers, ledger);
    const asOfPosition = start?.asOfPosition ?? (await awaitedAsOf(this.ports, ledger, query));
    const page = Object.assign({}, query, { asOfPosition, afterId: start?.afterId });
    const report = await this.eyes.see(ledger, asked.principal, (db) => read(db, page));
    await this.eyes.record(ledger, asked, report.asOfPosition);
    return { clock, ...report, nextCursor: this.nextCursor(list, report, idOf) };
  }

  private nextCursor<Report extends Page>(
    list: string,
    { asOfPosition, items, hasMore }: Report,
    idOf: (item: Report['items'][number]) => string,
  ): string | null {
    const last = items.at(-1);
    return hasMore && last !== undefined
      ? cursorText(this.ports.cursorKey, list, { asOfPosition, afterId: idOf(last) })
      : null;
  }
}
