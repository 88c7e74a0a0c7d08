import { LedgerFollower, type Projector } from '#libs/read-models';
import type { LedgerReader } from '#libs/event-store';
import { connectKafka, EVENTS_TOPIC, KafkajsConsumer, type PartitionConsumer } from '#libs/messaging';
import type { Logger } from 'pino';
import type { ProjectorConfig } from './config.ts';
import { logProjection } from './log-projection.ts';

/** A ledger whose tail the topic lost is caught up after this long without progress. */
const WATCHDOG = { patienceMs: 2_000, pollMs: 500 };
const WITHOUT_KAFKA = { patienceMs: 0, pollMs: 20 };

/** What brings events to the projector: the topic with a watchdog over it, or the ledger itself. */
export class Feed {
  private readonly follower: LedgerFollower;
  private readonly consumer: PartitionConsumer | null;

  constructor(
    config: Pick<ProjectorConfig, 'brokers' | 'groupId'>,
    private readonly projector: Projector,
    reader: LedgerReader,
    log: Logger,
  ) {
    const pace = config.brokers === null ? WITHOUT_KAFKA : WATCHDOG;
    this.follower = new LedgerFollower({ projector, reader, observer: logProjection(log), ...pace });
    this.consumer = config.brokers === null ? null : consumerOf(config.brokers, config.groupId, projector, log);
  }

  /** What health shows. */
  get state(): 'kafka' | 'joining kafka' | 'ledger' {
    if (this.consumer === null) return 'ledger';
    return this.consumer.joined ? 'kafka' : 'joining kafka';
  }

  start(): void {
    this.follower.start();
    this.consumer?.start();
  }

  /** Resolves when what was begun is written. */
  async stop(): Promise<void> {
    await Promise.all([this.consumer?.stop(), this.follower.stop()]);
    await this.projector.idle();
  }
}

function consumerOf(brokers: readonly string[], groupId: string, projector: Projector, log: Logger): PartitionConsumer {
  return new KafkajsConsumer(
    {
      kafka: connectKafka({ brokers, clientId: 'waybill-projector', log }),
      handler: async (ledger, events, origin) => {
        await projector.offer(ledger, events, origin);
      },
      onPoison: ({ error, ...place }) => log.error({ err: error, ...place }, 'a message is no event: left out'),
      log,
    },
    { topic: EVENTS_TOPIC.topic, groupId },
  );
}
