import { Inject, Injectable } from '@nestjs/common';
import type { LedgerHead, LedgerInfo } from '#libs/event-store';
import { LedgerUnknown } from '#libs/event-store';
import type { Id } from '#libs/kernel';
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

  async one(ledger: Id): Promise<ListedLedger> {
    const [info, head] = await Promise.all([this.ports.ledgers.ledger(ledger), this.ports.ledgers.head(ledger)]);
    if (info === null || head === null) throw new LedgerUnknown(ledger);
    return listed(info, head);
  }
}

function listed({ ledger, clock, currency, title }: LedgerInfo, head: LedgerHead | undefined): ListedLedger {
  return { ledger, clock, currency, title, headPosition: head?.position ?? 0 };
}
