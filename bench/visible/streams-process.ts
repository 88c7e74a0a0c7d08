import { readIncarnation } from '#libs/event-store';
import { Feed, Metrics, relayOf } from '#libs/services';
import { rolePool } from '../dataset/dataset.ts';
import { quietLog } from '../measuring/quiet-log.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';

/** The relay or the projector of the product in a process of its own, composed as their apps compose them. */
export interface StreamOrder {
  readonly runs: 'relay' | 'projector';
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly groupId: string;
}

const { runs, databaseUrl, brokers, groupId } = orderGiven() as StreamOrder;
const pool = rolePool(databaseUrl, runs === 'relay' ? 'waybill_relay' : 'waybill_projector', 8);
const parts = { pool, brokers, incarnation: await readIncarnation(pool), log: quietLog, metrics: new Metrics() };
if (runs === 'relay') relayOf({ ...parts, replicas: null }).relay.start();
else new Feed({ ...parts, groupId }).start();
report({ running: runs });
