import { Inject, Injectable } from '@nestjs/common';
import { READS_ACROSS_COMPANIES, REQUESTABLE_ROUTES } from '#libs/access';
import type { Queryable } from '#libs/event-store';
import { dayOfInstant, daysBetween, exactInteger, type Day, type Id } from '#libs/kernel';
import { inboxReport, WAITING_KINDS, type InboxFilter, type WaitingItem } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReportReader } from '../reports/report-reader.ts';
import type { InboxQueryDto } from './inbox.dto.ts';
import { commandsFor, kindsFor, pathOf } from './kinds.ts';

type Filter = Pick<InboxFilter, 'kinds' | 'commands' | 'notAskedBy'>;
type Page = InboxQueryDto & { readonly asOfPosition: number | null; readonly afterId: string | undefined };

/** What waits for who asks: of their company, in their role, and not asked for by themselves. Who reads the whole group sees what waits for anybody. */
@Injectable()
export class InboxReader {
  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly reports: ReportReader,
  ) {}

  page(ledger: Id, query: InboxQueryDto, asked: Asked): Promise<object> {
    return this.reports.pageOf(ledger, query, asked, {
      read: async (db, page) => this.read(db, ledger, page, await this.waitsFor(asked, query)),
      idOf: ({ position, seq }) => `${position} ${seq}`,
    });
  }

  private async waitsFor({ principal }: Asked, { kind }: InboxQueryDto): Promise<Filter> {
    const isWanted = (each: string) => kind === undefined || each === kind;
    if (READS_ACROSS_COMPANIES.has(principal.role)) {
      return { kinds: WAITING_KINDS.filter(isWanted), commands: Object.keys(REQUESTABLE_ROUTES), notAskedBy: null };
    }
    return {
      kinds: kindsFor(principal.role).filter(isWanted),
      commands: commandsFor(principal.role),
      notAskedBy: await this.ports.actors.pseudonymOf(principal.subject),
    };
  }

  private async read(
    db: Queryable,
    ledger: Id,
    { afterId, companyId, asOfPosition, limit, ...query }: Page,
    filter: Filter,
  ) {
    const after = afterId === undefined ? undefined : placeIn(afterId);
    const report = await inboxReport(db, ledger, { ...filter, companyId, asOfPosition, limit, after });
    const on = query.on ?? (await this.lastDay(ledger, report.asOfPosition));
    return { ...report, on, items: report.items.map((item) => told(ledger, item, on ?? item.effectiveOn)) };
  }

  /** The day on which the ledger learned of the event at the position; null where there is none. */
  private async lastDay(ledger: Id, position: number): Promise<Day | null> {
    const [last] = await this.ports.ledgers.read(ledger, { after: position - 1, upTo: position, limit: 1 });
    return last === undefined ? null : dayOfInstant(last.recordedAtMs);
  }
}

function told(ledger: Id, { units, recordedAtMs, ...item }: WaitingItem, on: Day) {
  return {
    ...item,
    units: exactInteger(units),
    recordedAt: new Date(recordedAtMs).toISOString(),
    ageDays: daysBetween(item.effectiveOn, on),
    path: pathOf(ledger, item.kind, item.thing),
  };
}

/** Of a cursor that was signed here. */
function placeIn(text: string): Pick<WaitingItem, 'position' | 'seq'> {
  const [position = 0, seq = 0] = text.split(' ').map(Number);
  return { position, seq };
}
