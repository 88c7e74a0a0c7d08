import type pg from 'pg';
import { assertDurable, assertLeastPrivilege, openPool } from '#libs/event-store';
import type { Log } from '#libs/messaging';

/** A pool as one role. Throws when the server would lose data, or the role could do more than a service may. */
export async function checkedPool(
  url: string,
  { applicationName, maxConnections, log }: { applicationName: string; maxConnections: number; log: Log },
): Promise<pg.Pool> {
  const onIdleError = (err: Error): void => log.warn({ err }, 'an idle connection broke');
  const pool = openPool(url, { applicationName, maxConnections, onIdleError });
  await assertDurable(pool);
  await assertLeastPrivilege(pool);
  return pool;
}
