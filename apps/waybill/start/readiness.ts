import { Readiness, ReadSideReady } from '#libs/http';
import type { Pool } from 'pg';

/** Ready while the databases answer; says whether there is a Kafka, so that pages can. */
export class WaybillReadiness extends Readiness {
  private readonly databases: ReadSideReady;

  constructor(
    [wholeGroup, ...others]: readonly [Pool, ...Pool[]],
    private readonly hasKafka: boolean,
  ) {
    super();
    this.databases = new ReadSideReady(wholeGroup, ...others);
  }

  async check(): Promise<{ readonly status: 'ready'; readonly haltedLedgers: number; readonly kafka: 'on' | 'off' }> {
    return { ...(await this.databases.check()), kafka: this.hasKafka ? 'on' : 'off' };
  }
}
