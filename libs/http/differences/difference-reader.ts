import { Inject, Injectable } from '@nestjs/common';
import { cloudEventId } from '#libs/contracts';
import type { Id } from '#libs/kernel';
import { differenceReport, type DifferenceItem, type DifferenceReport } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { edgeProblem } from '../problem/problem.ts';
import { awaitedAsOf, knownLedger, positionOf } from '../query/as-of.ts';
import { cursorText, listOf, pageStart } from '../query/cursor.ts';
import type { DifferencesQueryDto } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';

/** Where a page of differences begins: both positions, and the items before it. */
interface Start {
  readonly from: number;
  readonly to: number | null;
  readonly skip: number;
}

/** What differs between two moments, each figure with the eyes that its own report is read with. */
@Injectable()
export class DifferenceReader {
  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly eyes: ReadersEyes,
  ) {}

  async page(ledger: Id, query: DifferencesQueryDto, asked: Asked): Promise<object> {
    const { cursorKey, ledgers } = this.ports;
    const list = listOf(ledger, query, asked);
    const known = query.cursor === undefined ? null : startIn(pageStart(cursorKey, list, query.cursor));
    const { clock } = await knownLedger(ledgers, ledger);
    const start = known ?? (await this.asked(ledger, query));
    const { items, ...report } = await this.read(ledger, query, asked, start);
    await this.eyes.record(ledger, asked, report.asOfPosition);
    const { fromPosition, asOfPosition, hasMore } = report;
    const next = { asOfPosition, afterId: `${fromPosition} ${start.skip + items.length}` };
    return {
      clock,
      ...report,
      items: items.map((item) => named(ledger, item)),
      nextCursor: hasMore ? cursorText(cursorKey, list, next) : null,
    };
  }

  private async asked(ledger: Id, { from, to, minPosition }: DifferencesQueryDto): Promise<Start> {
    const before = await positionOf(this.ports.ledgers, ledger, from, 'from');
    const after = to === undefined ? null : await positionOf(this.ports.ledgers, ledger, to, 'to');
    if (after !== null && before > after)
      throw edgeProblem('QUERY_INVALID', { errors: [{ pointer: '/from', detail: 'must not be later than `to`' }] });
    await awaitedAsOf(this.ports, ledger, { minPosition: Math.max(before, after ?? 0, minPosition ?? 0) });
    return { from: before, to: after, skip: 0 };
  }

  /** The load of a site is of all companies: it is compared whole for the site's, as in its reports. */
  private read(
    ledger: Id,
    { validAt, companyId, skuId, siteId, limit }: DifferencesQueryDto,
    { principal }: Asked,
    { from, to, skip }: Start,
  ): Promise<DifferenceReport> {
    const query = {
      ...{ before: { ledger, position: from }, after: { ledger, position: to } },
      ...{ validAt, companyId, skuId, siteId, skip, limit },
    };
    return this.eyes.seeWhole(ledger, principal, (whole, companyIds) =>
      this.eyes.see(ledger, principal, (own) => differenceReport({ own, whole, companyIds }, query)),
    );
  }
}

/** Of a cursor that was signed here. */
function startIn({ asOfPosition, afterId }: { readonly asOfPosition: number; readonly afterId: string }): Start {
  const [from = 0, skip = 0] = afterId.split(' ').map(Number);
  return { from, to: asOfPosition, skip };
}

function named(ledger: Id, { events, ...item }: DifferenceItem): object {
  return {
    ...item,
    events: events.map(({ position, amount }) => ({ position, eventId: cloudEventId({ ledger, position }), amount })),
  };
}
