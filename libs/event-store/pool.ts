import pg from 'pg';
import { outlivingBreaks } from './broken-connection.ts';
import { unavailable } from './database-failure.ts';

export interface PoolOptions {
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly maxConnections: number;
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onIdleError: (error: Error) => void;
}

/**
 * A pool that never waits for ever: 5 s for a connection, 15 s for an answer. Without a connection it throws DatabaseUnavailable.
 * A connection that breaks while it is taken is met by what is asked on it next.
 */
export function openPool(url: string, { applicationName, maxConnections, onIdleError }: PoolOptions): pg.Pool {
  const pool = new SpeakingPool({
    connectionString: url,
    application_name: applicationName,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    keepAlive: true,
  });
  pool.on('error', onIdleError);
  pool.on('connect', outlivingBreaks);
  return pool;
}

type OnConnected = Parameters<pg.Pool['connect']>[0];

/** pg says by plain errors without a code that there is no connection: here they get a name. */
class SpeakingPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(onConnected: OnConnected): void;
  override connect(onConnected?: OnConnected): Promise<pg.PoolClient> | void {
    if (onConnected === undefined) return this.connected();
    super.connect((error, client, done) => onConnected(error && (unavailable(error) as Error), client, done));
  }

  private async connected(): Promise<pg.PoolClient> {
    try {
      return await super.connect();
    } catch (error) {
      throw unavailable(error);
    }
  }
}
