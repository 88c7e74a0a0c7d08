import type { Pool } from 'pg';
import type { Id } from '#libs/kernel';

/** A read by someone who sees more than one company. */
export interface CrossCompanyRead {
  readonly ledger: Id;
  /** Pseudonym. */
  readonly actor: string;
  /** Method and path template, such as `GET /v1/ledgers/{ledger}/positions`. */
  readonly route: string;
  /** Where the answer stands; null when it names no position. */
  readonly asOfPosition: number | null;
}

/** Keeps cross-company reads in `access.reads`. Awaited before the answer leaves: what cannot be recorded is not shown. */
export class AccessLog {
  constructor(private readonly database: Pick<Pool, 'query'>) {}

  async record({ ledger, actor, route, asOfPosition }: CrossCompanyRead): Promise<void> {
    await this.database.query(
      `insert into access.reads (ledger, actor, route, as_of_position)
       values ($1, $2, $3, $4)`,
      [ledger, actor, route, asOfPosition],
    );
  }
}
