import type { Relay } from '#libs/messaging';
import { relayOf } from '#libs/services';
import type { ClosingStack } from './closing-stack.ts';
import type { Logs } from './logs.ts';
import type { Servers } from './servers.ts';

/** Publishes the ledgers to Kafka; null where there is none. */
export async function startRelay(servers: Servers, logs: Logs, closing: ClosingStack): Promise<Relay | null> {
  const { brokers, incarnation } = servers;
  if (brokers === null) return null;
  const log = logs.log.child({ part: 'relay' });
  const { relay, topic } = relayOf({
    pool: servers.pool('waybill_relay', 4),
    brokers,
    replicas: null,
    incarnation,
    log,
  });
  await topic.ensure();
  relay.start();
  closing.onClose(() => relay.stop());
  return relay;
}
