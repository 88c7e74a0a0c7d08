import { Inject, Injectable } from '@nestjs/common';
import { READS_ACROSS_COMPANIES, type Principal } from '#libs/access';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { readAsCompanies } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { companyIds } from './company-ids.ts';
import { QueryPorts } from './query-ports.ts';

/** Reads with the eyes of who asks: the group, or rows that name the own company; and keeps who looked across companies. */
@Injectable()
export class ReadersEyes {
  constructor(@Inject(QueryPorts) private readonly ports: QueryPorts) {}

  async see<T>(ledger: Id, principal: Principal, read: (db: Queryable) => Promise<T>): Promise<T> {
    if (READS_ACROSS_COMPANIES.has(principal.role)) return read(this.ports.wholeGroup);
    const companies = await companyIds(this.ports.wholeGroup, ledger, principal.company ?? '');
    return readAsCompanies(this.ports.byCompany, companies, read);
  }

  /** A figure of all companies, such as a site's load, of the sites of who asks: shown whole or not at all. Null: of every site. */
  async seeWhole<T>(
    ledger: Id,
    principal: Principal,
    read: (db: Queryable, companyIds: readonly Id[] | null) => Promise<T>,
  ): Promise<T> {
    const { wholeGroup } = this.ports;
    if (READS_ACROSS_COMPANIES.has(principal.role)) return read(wholeGroup, null);
    return read(wholeGroup, await companyIds(wholeGroup, ledger, principal.company ?? ''));
  }

  /** Before the answer leaves: what cannot be recorded is not shown. */
  async record(ledger: Id, { principal, route }: Asked, asOfPosition: number | null): Promise<void> {
    if (!READS_ACROSS_COMPANIES.has(principal.role)) return;
    const actor = await this.ports.actors.pseudonymOf(principal.subject);
    await this.ports.accessLog.record({ ledger, actor, route, asOfPosition });
  }
}
