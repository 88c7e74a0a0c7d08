import type { Relay } from '#libs/messaging';
import { type Metrics, relayOf } from '#libs/services';
import type { ClosingStack } from './closing-stack.ts';
import type { Logs } from './logs.ts';
import type { Servers } from './servers.ts';

export interface Surroundings {
  readonly logs: Logs;
  readonly metrics: Metrics;
  readonly closing: ClosingStack;
}

/** Publishes the ledgers to Kafka; null where there is none. */
export async function startRelay(servers: Servers, { logs, metrics, closing }: Surroundings): Promise<Relay | null> {
  const { brokers, incarnation } = servers;
  if (brokers === null) return null;
  const log = logs.log.child({ part: 'relay' });
  const { relay, topic } = relayOf({
    pool: servers.pool('waybill_relay', 4),
    brokers,
    replicas: null,
    incarnation,
    log,
    metrics,
  });
  await topic.ensure();
  relay.start();
  closing.onClose(() => relay.stop());
  return relay;
}
