import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { AlarmClock } from '../alarm-clock.ts';
import { Backoff } from '../backoff.ts';
import type { Log } from '../log.ts';
import type { DeliveryHandler, PartitionConsumer, PoisonMessage } from '../ports.ts';
import { BatchDelivery } from './batch-delivery.ts';

export interface ConsumerSettings {
  readonly topic: string;
  readonly groupId: string;
  /** Partitions whose events are handled at the same time. */
  readonly concurrency: number;
  /** How long the group waits for a silent member before it gives its partitions to others. */
  readonly sessionTimeoutMs: number;
  /** How long members wait for one whose handler is busy when the group shares its partitions anew; then it is put out. */
  readonly rebalanceTimeoutMs: number;
  /** Most that a broker sends at a time: it sends no more until all of it is handled. One batch comes whole even so. */
  readonly fetchBytes: number;
  /** Of a partition. */
  readonly partitionFetchBytes: number;
  /** Waits after a failure, doubling from the first to the last. */
  readonly retryFirstMs: number;
  readonly retryLastMs: number;
}

export const CONSUMER_SETTINGS = {
  groupId: 'waybill-projector',
  concurrency: 4,
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 10_000,
  fetchBytes: 8 * 1024 * 1024,
  partitionFetchBytes: 1024 * 1024,
  retryFirstMs: 100,
  retryLastMs: 5_000,
} satisfies Omit<ConsumerSettings, 'topic'>;

export interface ConsumerParts {
  readonly kafka: Kafka;
  readonly handler: DeliveryHandler;
  readonly onPoison: (poison: PoisonMessage) => void;
  readonly log: Log;
}

/**
 * {@link PartitionConsumer} on kafkajs, with a supervisor of its own: kafkajs's restart keeps a half-dead consumer, so
 * `restartOnFailure` says no and each failure gets a new one. Offsets are committed after the handler returns and are a
 * hint where to go on, no more: kafkajs resets one that is out of range without a word, a recreated topic starts at 0,
 * and a member that lost its partitions hears of it late. Positions, kept with what was made of them, decide.
 */
export class KafkajsConsumer implements PartitionConsumer {
  private readonly settings: ConsumerSettings;
  private readonly backoff: Backoff;
  private readonly heldBack = new Map<number, Backoff>();
  private readonly rest = new AlarmClock();
  /** Ends the wait for the end of the present consumer. */
  private end = new AlarmClock();
  private running: Promise<void> | null = null;
  private stopping = false;
  private member: Consumer | null = null;

  constructor(
    private readonly parts: ConsumerParts,
    settings: Partial<ConsumerSettings> & Pick<ConsumerSettings, 'topic'>,
  ) {
    this.settings = { ...CONSUMER_SETTINGS, ...settings };
    this.backoff = new Backoff(this.settings.retryFirstMs, this.settings.retryLastMs);
  }

  get joined(): boolean {
    return this.member !== null;
  }

  start(): void {
    this.running ??= this.supervise();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.rest.ring();
    this.end.ring();
    await this.running;
  }

  private async supervise(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.consume();
      } catch (error) {
        const retryDelayMs = this.backoff.afterFailure();
        this.parts.log.warn({ err: error, retryDelayMs }, 'consumer could not go on, trying again');
        await this.rest.sleep(retryDelayMs);
      }
    }
  }

  /** One consumer from its start to its end; throws what ended it. */
  private async consume(): Promise<void> {
    const consumer = this.createConsumer();
    const end = (this.end = new AlarmClock());
    const crash: { error: Error | null } = { error: null };
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      crash.error = payload.error;
      end.ring();
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.member = consumer;
      this.backoff.afterSuccess();
      this.parts.log.info({ partitions: payload.memberAssignment[this.settings.topic] ?? [] }, 'consumer joined');
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [this.settings.topic], fromBeginning: true });
      await consumer.run(this.runOptions(consumer));
      while (!this.stopping && crash.error === null) await end.sleep(LONG_MS);
    } finally {
      this.member = null;
      await consumer.disconnect();
    }
    if (crash.error !== null) throw crash.error;
  }

  private createConsumer(): Consumer {
    const { groupId, sessionTimeoutMs, rebalanceTimeoutMs, fetchBytes, partitionFetchBytes } = this.settings;
    return this.parts.kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / 5,
      maxWaitTimeInMs: 500,
      maxBytes: fetchBytes,
      maxBytesPerPartition: partitionFetchBytes,
      allowAutoTopicCreation: false,
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  private runOptions(consumer: Consumer): Parameters<Consumer['run']>[0] {
    return {
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.settings.concurrency,
      eachBatch: (payload) => this.deliver(consumer, payload),
    };
  }

  private async deliver(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
    const { handler, onPoison } = this.parts;
    const delivery = new BatchDelivery(payload, { handler, onPoison });
    const failure = await delivery.run(this.settings.sessionTimeoutMs / 5);
    if (failure === null) this.heldBack.delete(payload.batch.partition);
    else this.hold(consumer, payload, failure);
  }

  /** Waits with this partition alone: kafkajs fetches no partition of a broker while a handler of one is busy. */
  private hold(consumer: Consumer, payload: EachBatchPayload, error: unknown): void {
    const { partition } = payload.batch;
    const { retryFirstMs, retryLastMs } = this.settings;
    const backoff = this.heldBack.get(partition) ?? new Backoff(retryFirstMs, retryLastMs);
    this.heldBack.set(partition, backoff);
    const retryDelayMs = backoff.afterFailure();
    this.parts.log.warn({ err: error, partition, retryDelayMs }, 'events were not handled, offering them again');
    const resume = payload.pause();
    setTimeout(() => this.member === consumer && resume(), retryDelayMs).unref();
  }
}

const LONG_MS = 60_000;
