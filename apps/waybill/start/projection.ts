import { ProgressWatch } from '#libs/read-models';
import { Feed } from '#libs/services';
import type { Surroundings } from './relay.ts';
import type { Servers } from './servers.ts';

/** Kafka, or where there is none the ledger itself, into the read models. Answers what queries wait on. */
export async function startProjection(
  servers: Servers,
  { logs, metrics, closing }: Surroundings,
): Promise<ProgressWatch> {
  const log = logs.log.child({ part: 'projector' });
  const { brokers, incarnation } = servers;
  const pool = servers.pool('waybill_projector', 8);
  const progress = new ProgressWatch(servers.pool('waybill_auditor', 2));
  const onProjected = () => progress.wake();
  const feed = new Feed({ pool, brokers, incarnation, onProjected, log, metrics });
  feed.start();
  closing.onClose(() => feed.stop());
  return progress;
}
