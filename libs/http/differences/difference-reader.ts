import { Inject, Injectable } from '@nestjs/common';
import { cloudEventId } from '#libs/contracts';
import { LedgerUnknown } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { differenceReport, type DifferenceItem, type DifferenceReport } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { edgeProblem } from '../problem/problem.ts';
import { awaitedAsOf, knownLedger, positionOf } from '../query/as-of.ts';
import { cursorText, listOf, pageStart } from '../query/cursor.ts';
import type { BranchDifferencesQueryDto, DifferencesQueryDto } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';

/** Which ledger's moments are compared, and up to where both ledgers hold the same events. */
interface Compared {
  readonly before: Id;
  readonly after: Id;
  /** Of a branch; null: it is one ledger. */
  readonly forkPosition: number | null;
}

/** Where a page of differences begins: both positions, null for the latest, and the items before it. */
interface Start {
  readonly from: number | null;
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

  page(ledger: Id, query: DifferencesQueryDto, asked: Asked): Promise<object> {
    return this.compared({ before: ledger, after: ledger, forkPosition: null }, query, asked);
  }

  /** Before: the ledger, after: its branch. Throws LedgerUnknown of a branch that is none of this ledger's. */
  async pageOfBranch(ledger: Id, branchId: Id, query: BranchDifferencesQueryDto, asked: Asked): Promise<object> {
    await knownLedger(this.ports.ledgers, ledger);
    const { branchOf } = await knownLedger(this.ports.ledgers, branchId);
    if (branchOf?.ledger !== ledger) throw new LedgerUnknown(branchId);
    return this.compared({ before: ledger, after: branchId, forkPosition: branchOf.position }, query, asked);
  }

  private async compared(compared: Compared, query: BranchDifferencesQueryDto, asked: Asked): Promise<object> {
    const { cursorKey, ledgers } = this.ports;
    const { before, after } = compared;
    const list = listOf(after, query, asked);
    const known = query.cursor === undefined ? null : startIn(pageStart(cursorKey, list, query.cursor));
    const { clock } = await knownLedger(ledgers, after);
    const start = known ?? (await this.asked(compared, query));
    const { items, ...report } = await this.read(compared, query, asked, start);
    for (const ledger of new Set([before, after])) await this.eyes.record(ledger, asked, report.asOfPosition);
    const { fromPosition, asOfPosition, hasMore } = report;
    const next = { asOfPosition, afterId: `${fromPosition} ${start.skip + items.length}` };
    return {
      clock,
      ...report,
      items: items.map(named),
      nextCursor: hasMore ? cursorText(cursorKey, list, next) : null,
    };
  }

  private async asked(
    { before, after, forkPosition }: Compared,
    { from, to, minPosition = 0 }: BranchDifferencesQueryDto,
  ): Promise<Start> {
    const { ledgers } = this.ports;
    const old = from === undefined ? null : await positionOf(ledgers, before, from, 'from');
    const now = to === undefined ? null : await positionOf(ledgers, after, to, 'to');
    if (forkPosition === null && old !== null && now !== null && old > now)
      throw edgeProblem('QUERY_INVALID', { errors: [{ pointer: '/from', detail: 'must not be later than `to`' }] });
    await awaitedAsOf(this.ports, before, { minPosition: old ?? 0 });
    await awaitedAsOf(this.ports, after, { minPosition: Math.max(now ?? forkPosition ?? 0, minPosition) });
    return { from: old, to: now, skip: 0 };
  }

  /** The load of a site is of all companies: it is compared whole for the site's, as in its reports. */
  private read(
    { before, after, forkPosition }: Compared,
    { validAt, companyId, skuId, siteId, limit }: BranchDifferencesQueryDto,
    { principal }: Asked,
    { from, to, skip }: Start,
  ): Promise<DifferenceReport> {
    const query = {
      ...{ before: { ledger: before, position: from }, after: { ledger: after, position: to } },
      ...(forkPosition === null ? {} : { forkPosition }),
      ...{ validAt, companyId, skuId, siteId, skip, limit },
    };
    return this.eyes.seeWhole(after, principal, (whole, companyIds) =>
      this.eyes.see(after, principal, (own) => differenceReport({ own, whole, companyIds }, query)),
    );
  }
}

/** Of a cursor that was signed here. */
function startIn({ asOfPosition, afterId }: { readonly asOfPosition: number; readonly afterId: string }): Start {
  const [from = 0, skip = 0] = afterId.split(' ').map(Number);
  return { from, to: asOfPosition, skip };
}

function named({ events, ...item }: DifferenceItem): object {
  return {
    ...item,
    events: events.map(({ ledger, position, amount }) => ({
      position,
      eventId: cloudEventId({ ledger, position }),
      amount,
    })),
  };
}
