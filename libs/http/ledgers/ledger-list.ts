import { Inject, Injectable } from '@nestjs/common';
import type { LedgerHead, LedgerInfo } from '#libs/event-store';
import { LedgerUnknown } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { knownLedger } from '../query/as-of.ts';
import { QueryPorts } from '../query/query-ports.ts';

export interface ListedLedger extends LedgerInfo {
  /** 0 for a ledger without events. */
  readonly headPosition: number;
}

@Injectable()
export class LedgerList {
  constructor(@Inject(QueryPorts) private readonly ports: QueryPorts) {}

  async all(): Promise<{ readonly items: readonly ListedLedger[] }> {
    const [ledgers, heads] = await Promise.all([this.ports.ledgers.ledgers(), this.ports.ledgers.heads()]);
    return { items: ledgers.map((info) => listed(info, heads.get(info.ledger))) };
  }

  /** Those of one ledger. Throws {@link LedgerUnknown}. */
  async branchesOf(ledger: Id): Promise<{ readonly items: readonly ListedLedger[] }> {
    await knownLedger(this.ports.ledgers, ledger);
    const { items } = await this.all();
    return { items: items.filter(({ branchOf }) => branchOf?.ledger === ledger) };
  }

  async one(ledger: Id): Promise<ListedLedger> {
    const [info, head] = await Promise.all([this.ports.ledgers.ledger(ledger), this.ports.ledgers.head(ledger)]);
    if (info === null || head === null) throw new LedgerUnknown(ledger);
    return listed(info, head);
  }
}

function listed(info: LedgerInfo, head: LedgerHead | undefined): ListedLedger {
  const { ledger, clock, currency, title, branchOf } = info;
  return { ledger, clock, currency, title, headPosition: head?.position ?? 0, branchOf };
}
