import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader } from '#libs/event-store';
import { connectKafka, EVENTS_TOPIC, KafkajsConsumer } from '#libs/messaging';
import { LedgerFollower, ProgressWatch, Projector, type ProjectorObserver } from '#libs/read-models';
import type { Logger } from 'pino';
import type { ClosingStack } from './closing-stack.ts';
import type { Logs } from './logs.ts';
import type { Servers } from './servers.ts';

/** A ledger's tail that Kafka lost shows after this long without progress. */
const WATCHDOG = { patienceMs: 2_000, pollMs: 500 };
const WITHOUT_KAFKA = { patienceMs: 0, pollMs: 20 };

/** Kafka, or where there is none the ledger itself, into the read models. Answers what queries wait on. */
export async function startProjection(servers: Servers, logs: Logs, closing: ClosingStack): Promise<ProgressWatch> {
  const log = logs.log.child({ part: 'projector' });
  const pool = servers.pool('waybill_projector', 8);
  const progress = new ProgressWatch(servers.pool('waybill_auditor', 2));
  const observer: ProjectorObserver = { ...logProjection(log), projected: () => progress.wake() };
  const reader = new PostgresLedgerReader(pool);
  const projector = new Projector({ pool, reader, decode: decodeBody, incarnation: servers.incarnation, observer });
  closing.onClose(() => projector.idle());
  const pace = servers.brokers === null ? WITHOUT_KAFKA : WATCHDOG;
  const follower = new LedgerFollower({ projector, reader, observer, ...pace });
  follower.start();
  closing.onClose(() => follower.stop());
  if (servers.brokers !== null) consume(servers.brokers, projector, log, closing);
  return progress;
}

function consume(brokers: readonly string[], projector: Projector, log: Logger, closing: ClosingStack): void {
  const consumer = new KafkajsConsumer(
    {
      kafka: connectKafka({ brokers, clientId: 'waybill-projector', log }),
      handler: async (ledger, events, origin) => {
        await projector.offer(ledger, events, origin);
      },
      onPoison: ({ error, ...place }) => log.error({ err: error, ...place }, 'a message is no event: left out'),
      log,
    },
    { topic: EVENTS_TOPIC.topic },
  );
  consumer.start();
  closing.onClose(() => consumer.stop());
}

function logProjection(log: Logger): ProjectorObserver {
  return {
    halted: (ledger, halt) => log.error({ ledger, ...halt }, 'an event cannot be projected: its ledger stands still'),
    disbelieved: (ledger, position) => log.warn({ ledger, position }, 'events that the ledger does not have'),
    failed: (error) => log.warn({ err: error }, 'projection could not go on, trying again'),
  };
}
