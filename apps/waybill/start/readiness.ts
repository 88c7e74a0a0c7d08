import { DatabasesReady, Readiness } from '#libs/http';
import type { Pool } from 'pg';

/** Ready while the databases answer; says whether there is a Kafka, so that pages can. */
export class WaybillReadiness extends Readiness {
  private readonly databases: DatabasesReady;

  constructor(
    databases: readonly Pool[],
    private readonly hasKafka: boolean,
  ) {
    super();
    this.databases = new DatabasesReady(databases);
  }

  async check(): Promise<{ readonly status: 'ready'; readonly kafka: 'on' | 'off' }> {
    return { ...(await this.databases.check()), kafka: this.hasKafka ? 'on' : 'off' };
  }
}
