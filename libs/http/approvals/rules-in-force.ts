import { Inject, Injectable } from '@nestjs/common';
import { READS_ACROSS_COMPANIES, type Principal } from '#libs/access';
import { streamOf } from '#libs/domain';
import type { LedgerClock } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { ledgerProgress } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { awaitedAsOf, knownLedger } from '../query/as-of.ts';
import { companyIds } from '../query/company-ids.ts';
import type { AsOfQuery } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';
import { streamHistory, type ThingEvent } from '../things/stream-history.ts';
import { companiesWithLimits } from './companies-with-limits.ts';

/** By which event a rule is in force. */
interface InForce {
  readonly position: number;
  readonly since: Day;
  /** Pseudonym of who set it. */
  readonly setBy: string;
}

export interface ApprovalLimit extends InForce {
  readonly companyId: Id;
  /** Pseudonym of the person; null: all who have no limit of their own. */
  readonly approver: string | null;
  readonly limitCents: number;
}

interface Standing {
  readonly clock: LedgerClock;
  readonly asOfPosition: number;
}

/** Who may approve how much, and what is under four eyes, as the events that said so last tell. */
@Injectable()
export class RulesInForce {
  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly eyes: ReadersEyes,
  ) {}

  /** What is under four eyes; of the ledger as a whole, so that everyone may know it. */
  async policy(
    ledger: Id,
    query: AsOfQuery,
  ): Promise<Standing & { fourEyes: readonly string[]; adopted: InForce | null }> {
    const standing = await this.standing(ledger, query);
    const [last] = (await this.history(ledger, streamOf.policy, standing)).slice(-1);
    const fourEyes = last?.type === 'PolicyAdopted' ? last.data.fourEyes : [];
    return { ...standing, fourEyes, adopted: last === undefined ? null : inForce(last) };
  }

  /** The limits of the companies that who asks sees, by company, those of all others first. */
  async limits(
    ledger: Id,
    { companyId, ...query }: AsOfQuery & { readonly companyId?: string },
    asked: Asked,
  ): Promise<Standing & { items: readonly ApprovalLimit[] }> {
    const standing = await this.standing(ledger, query);
    const items: ApprovalLimit[] = [];
    for (const company of await this.companies(ledger, asked.principal))
      if (companyId === undefined || companyId === company)
        items.push(...limitsSet(await this.history(ledger, streamOf.limits(company), standing)));
    await this.eyes.record(ledger, asked, standing.asOfPosition);
    return { ...standing, items };
  }

  private async standing(ledger: Id, query: AsOfQuery): Promise<Standing> {
    const { clock } = await knownLedger(this.ports.ledgers, ledger);
    const position = await awaitedAsOf(this.ports, ledger, query);
    return { clock, asOfPosition: position ?? (await ledgerProgress(this.ports.wholeGroup, ledger)).position };
  }

  private history(ledger: Id, stream: string, { asOfPosition }: Standing): Promise<readonly ThingEvent[]> {
    return streamHistory(this.ports.ledgers, ledger, stream, asOfPosition);
  }

  private companies(ledger: Id, { role, company }: Principal): Promise<readonly Id[]> {
    const { wholeGroup } = this.ports;
    if (READS_ACROSS_COMPANIES.has(role)) return companiesWithLimits(wholeGroup, ledger);
    return companyIds(wholeGroup, ledger, company ?? '');
  }
}

/** The latest recorded counts. */
function limitsSet(events: readonly ThingEvent[]): readonly ApprovalLimit[] {
  const limits = new Map<string, ApprovalLimit>();
  for (const event of events) {
    if (event.type !== 'ApprovalLimitSet') continue;
    const { companyId, approver, limitCents } = event.data;
    limits.delete(approver ?? '');
    if (limitCents !== null) limits.set(approver ?? '', { companyId, approver, limitCents, ...inForce(event) });
  }
  return [...limits].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, limit]) => limit);
}

function inForce({ position, effectiveAt, actor }: ThingEvent): InForce {
  return { position, since: effectiveAt, setBy: actor };
}
