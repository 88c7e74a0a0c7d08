import type { Pool } from 'pg';
import { countHaltedLedgers } from '#libs/read-models';
import { edgeProblem } from '../problem/problem.ts';

/** Whether the process can serve now. */
export abstract class Readiness {
  /** Throws `NOT_READY`. */
  abstract check(): Promise<{ readonly status: 'ready' }>;
}

/** Ready while every database answers. */
export class DatabasesReady extends Readiness {
  constructor(private readonly databases: readonly Pick<Pool, 'query'>[]) {
    super();
  }

  async check(): Promise<{ readonly status: 'ready' }> {
    const answers = await Promise.allSettled(this.databases.map((database) => database.query('select 1')));
    if (answers.some(({ status }) => status === 'rejected'))
      throw edgeProblem('NOT_READY', { detail: 'the database does not answer', retryAfterSeconds: 1 });
    return { status: 'ready' };
  }
}

/** Ready while every database answers; says how many ledgers' read models stand still, which need somebody, not another process. */
export class ReadSideReady extends DatabasesReady {
  constructor(
    private readonly wholeGroup: Pool,
    ...others: readonly Pool[]
  ) {
    super([wholeGroup, ...others]);
  }

  override async check(): Promise<{ readonly status: 'ready'; readonly haltedLedgers: number }> {
    return { ...(await super.check()), haltedLedgers: await countHaltedLedgers(this.wholeGroup) };
  }
}
