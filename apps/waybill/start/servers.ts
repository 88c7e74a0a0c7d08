import { assertDurable, assertLeastPrivilege, openPool, readIncarnation, type WaybillRole } from '#libs/event-store';
import type pg from 'pg';
import type { WaybillConfig } from '../config.ts';
import type { ClosingStack } from './closing-stack.ts';
import { brokers } from './brokers.ts';
import { database } from './database.ts';
import type { Ending } from './ending.ts';
import type { Logs } from './logs.ts';
import { step } from './progress.ts';

export interface Servers {
  /** A pool signed in as the role, closed with everything else. */
  pool(role: WaybillRole, maxConnections: number): pg.Pool;
  /** UUID of the store's life. */
  readonly incarnation: string;
  /** Null: there is no Kafka, and the read models are fed from the ledger itself. */
  readonly brokers: readonly string[] | null;
  /** Resolves when a server that this process started cannot be kept running. */
  readonly lost: Promise<Ending>;
}

/** PostgreSQL, migrated and checked, and Kafka: started here, or given by the environment. */
export async function startServers(config: WaybillConfig, logs: Logs, closing: ClosingStack): Promise<Servers> {
  const starting = [
    step('PostgreSQL', () => database(config, logs, closing)),
    step('Kafka', () => brokers(config, logs, closing)),
  ] as const;
  // One that fails must not leave the other behind, half started and unknown to `closing`.
  await Promise.allSettled(starting);
  const [postgres, kafka] = await Promise.all(starting);
  const pool: Servers['pool'] = (role, maxConnections) => {
    const onIdleError = (error: Error) => logs.log.warn({ err: error, role }, 'database connection lost');
    const opened = openPool(postgres.url(role), { applicationName: `waybill ${role}`, maxConnections, onIdleError });
    closing.onClose(() => opened.end());
    return opened;
  };
  const writer = pool('waybill_writer', 1);
  await assertDurable(writer);
  await assertLeastPrivilege(writer);
  return {
    pool,
    incarnation: await readIncarnation(writer),
    brokers: kafka.brokers,
    lost: Promise.race([postgres.lost, kafka.lost]),
  };
}
