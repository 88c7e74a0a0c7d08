import { ProgressWatch } from '#libs/read-models';
import { Feed, logProjection } from '#libs/services';
import type { ClosingStack } from './closing-stack.ts';
import type { Logs } from './logs.ts';
import type { Servers } from './servers.ts';

/** Kafka, or where there is none the ledger itself, into the read models. Answers what queries wait on. */
export async function startProjection(servers: Servers, logs: Logs, closing: ClosingStack): Promise<ProgressWatch> {
  const log = logs.log.child({ part: 'projector' });
  const { brokers, incarnation } = servers;
  const pool = servers.pool('waybill_projector', 8);
  const progress = new ProgressWatch(servers.pool('waybill_auditor', 2));
  const observer = { ...logProjection(log), projected: () => progress.wake() };
  const feed = new Feed({ pool, brokers, incarnation, observer, log });
  feed.start();
  closing.onClose(() => feed.stop());
  return progress;
}
