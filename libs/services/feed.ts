import type pg from 'pg';
import { decodeBody } from '#libs/contracts';
import type { Id } from '#libs/kernel';
import { PostgresLedgerReader } from '#libs/event-store';
import { connectKafka, EVENTS_TOPIC, KafkajsConsumer, type Log, type PartitionConsumer } from '#libs/messaging';
import {
  type CompletenessObserver,
  CompletenessWatch,
  haltedLedgers,
  LedgerFollower,
  Projector,
  type ProjectorObserver,
} from '#libs/read-models';
import { measureCompleteness, measuredProjection, measureLag, type Metrics, together } from './metrics/index.ts';
import { logProjection } from './log-projection.ts';

/** A ledger whose tail the topic lost is caught up after this long without progress. */
const WATCHDOG = { patienceMs: 2_000, pollMs: 500 };
const WITHOUT_KAFKA = { patienceMs: 0, pollMs: 20 };

export interface FeedParts {
  /** As role waybill_projector. */
  readonly pool: pg.Pool;
  /** Null: there is no Kafka, the ledger itself feeds the read models. */
  readonly brokers: readonly string[] | null;
  /** The consumer group that shares the topic's partitions; the same for all unless told. */
  readonly groupId?: string;
  /** procurement.events.v1 unless told. */
  readonly topic?: string;
  /** UUID of the store's life. */
  readonly incarnation: string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Hears of every checkpoint that moved. */
  readonly onProjected?: () => void;
}

/** The projector, and what brings events to it: the topic with a watchdog over it, or the ledger itself. */
export class Feed {
  private readonly projector: Projector;
  private readonly follower: LedgerFollower;
  private readonly completeness: CompletenessWatch;
  private readonly consumer: PartitionConsumer | null;

  constructor(parts: FeedParts) {
    const { pool, brokers, incarnation } = parts;
    const observer = observerOf(parts);
    const reader = new PostgresLedgerReader(pool);
    this.projector = new Projector({ pool, reader, decode: decodeBody, incarnation, observer });
    const pace = brokers === null ? WITHOUT_KAFKA : WATCHDOG;
    const halted = (ledgers: readonly Id[]) => haltedLedgers(pool, ledgers);
    this.follower = new LedgerFollower({ projector: this.projector, reader, observer, halted, ...pace });
    this.completeness = new CompletenessWatch(pool, completenessOf(parts));
    measureLag(parts.metrics, pool);
    measureCompleteness(parts.metrics, pool);
    this.consumer = brokers === null ? null : consumerOf(brokers, this.projector, parts);
  }

  /** What health shows. */
  get state(): 'kafka' | 'joining kafka' | 'ledger' {
    if (this.consumer === null) return 'ledger';
    return this.consumer.joined ? 'kafka' : 'joining kafka';
  }

  start(): void {
    this.follower.start();
    this.completeness.start();
    this.consumer?.start();
  }

  /** Resolves when what was begun is written. */
  async stop(): Promise<void> {
    await Promise.all([this.consumer?.stop(), this.follower.stop(), this.completeness.stop()]);
    await this.projector.idle();
  }
}

function completenessOf({ log, metrics }: FeedParts): CompletenessObserver {
  const incomplete = metrics.counter('projection_incomplete_total', "Times the events read were not the ledger's", [
    'ledger',
  ]);
  return {
    incomplete: (ledger, found) => {
      incomplete.inc({ ledger });
      log.error({ ledger, ...found }, 'read models have read what the ledger does not hold');
    },
    failed: (error) => log.warn({ err: error }, 'what the read models have read could not be compared with the ledger'),
  };
}

function observerOf({ log, metrics, onProjected }: FeedParts): ProjectorObserver {
  const measured = measuredProjection(metrics);
  return together<ProjectorObserver>(logProjection(log), measured, { projected: () => onProjected?.() });
}

function consumerOf(
  brokers: readonly string[],
  projector: Projector,
  { groupId, topic, log, metrics }: FeedParts,
): PartitionConsumer {
  const poison = metrics.counter('consumer_poison_messages_total', 'Messages of the topic that are no event');
  return new KafkajsConsumer(
    {
      kafka: connectKafka({ brokers, clientId: 'waybill-projector', log }),
      handler: async (ledger, events, origin) => {
        await projector.offer(ledger, events, origin);
      },
      onPoison: ({ error, ...place }) => {
        poison.inc();
        log.error({ err: error, ...place }, 'a message is no event: left out');
      },
      log,
    },
    { topic: topic ?? EVENTS_TOPIC.topic, ...(groupId === undefined ? {} : { groupId }) },
  );
}
