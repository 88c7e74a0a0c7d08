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
    return this.compared({ ledger, branchId: null }, query, asked);
  }

  /** Before: the ledger, after: its branch. Throws LedgerUnknown of a branch that is none of this ledger's. */
  pageOfBranch(ledger: Id, branchId: Id, query: BranchDifferencesQueryDto, asked: Asked): Promise<object> {
    return this.compared({ ledger, branchId }, query, asked);
  }

  private async compared(
    { ledger, branchId }: { readonly ledger: Id; readonly branchId: Id | null },
    query: BranchDifferencesQueryDto,
    asked: Asked,
  ): Promise<object> {
    const { cursorKey, ledgers } = this.ports;
    const list = listOf(branchId === null ? ledger : `${ledger}/${branchId}`, query, asked);
    const known = query.cursor === undefined ? null : startIn(pageStart(cursorKey, list, query.cursor));
    const { clock } = await knownLedger(ledgers, ledger);
    const forkPosition = branchId === null ? null : await this.forkPosition(ledger, branchId);
    const compared = { before: ledger, after: branchId ?? ledger, forkPosition };
    const start = known ?? (await this.asked(compared, query));
    const { items, ...report } = await this.read(compared, query, asked, start);
    const { fromPosition, asOfPosition, hasMore } = report;
    if (branchId !== null) await this.eyes.record(branchId, asked, asOfPosition);
    await this.eyes.record(ledger, asked, branchId === null ? asOfPosition : fromPosition);
    const next = { asOfPosition, afterId: `${fromPosition} ${start.skip + items.length}` };
    return {
      clock,
      ...report,
      items: items.map(named),
      nextCursor: hasMore ? cursorText(cursorKey, list, next) : null,
    };
  }

  private async forkPosition(ledger: Id, branchId: Id): Promise<number> {
    const { branchOf } = await knownLedger(this.ports.ledgers, branchId);
    if (branchOf?.ledger !== ledger) throw new LedgerUnknown(branchId);
    return branchOf.position;
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
    for (const [ledger, wanted] of [[before, old] as const, [after, now ?? forkPosition] as const]) {
      const head = await ledgers.head(ledger);
      const least = Math.min(minPosition, forkPosition === null ? minPosition : (head?.position ?? 0));
      await awaitedAsOf(this.ports, ledger, { minPosition: Math.max(wanted ?? 0, least) });
    }
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
