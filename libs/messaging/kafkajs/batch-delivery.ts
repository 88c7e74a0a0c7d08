import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { fromKafkaMessage } from '#libs/contracts';
import type { StoredEvent } from '#libs/event-store';
import type { DeliveryHandler, DeliveryOrigin, PoisonMessage } from '../ports.ts';

/** Events of one ledger from one publisher, in order, and where the first lies in the partition. */
interface Run {
  readonly events: StoredEvent[];
  readonly origin: DeliveryOrigin;
  readonly firstOffset: bigint;
}

/** What is done with one batch of a partition: each ledger's events to the handler, then the offsets of what is done. */
export class BatchDelivery {
  constructor(
    private readonly payload: EachBatchPayload,
    private readonly parts: { readonly handler: DeliveryHandler; readonly onPoison: (poison: PoisonMessage) => void },
  ) {}

  /**
   * Null when every event was handled; else what the first handler that failed has thrown: then the offsets stay before
   * the first event not handled, and the other ledgers of the batch come again with it.
   * Throws what kafkajs throws when the partition is no longer ours.
   */
  async run(heartbeatMs: number): Promise<{ readonly cause: unknown } | null> {
    const heart = this.beat(heartbeatMs);
    let failure: { offset: bigint; cause: unknown } | null = null;
    try {
      for (const run of this.runs()) {
        const failed = await this.attempt(run);
        if (failed !== null && (failure === null || failed.offset < failure.offset)) failure = failed;
      }
    } finally {
      heart.stop();
    }
    if (heart.error !== null) throw heart.error;
    await this.resolve(failure?.offset ?? null);
    return failure;
  }

  private runs(): Iterable<Run> {
    const runs = new Map<string, Run>();
    for (const message of this.payload.batch.messages) {
      const decoded = this.decode(message);
      if (decoded === null) continue;
      const { event, origin } = decoded;
      const key = `${event.ledger} ${origin.incarnation}`;
      const run = runs.get(key) ?? { events: [], origin, firstOffset: BigInt(message.offset) };
      run.events.push(event);
      runs.set(key, run);
    }
    return runs.values();
  }

  private decode(message: KafkaMessage): ReturnType<typeof fromKafkaMessage> | null {
    try {
      return fromKafkaMessage(message.headers, message.value);
    } catch (error) {
      const { topic, partition } = this.payload.batch;
      if (!(error instanceof Error)) throw error;
      this.parts.onPoison({ topic, partition, offset: message.offset, error });
      return null;
    }
  }

  private async attempt(run: Run): Promise<{ offset: bigint; cause: unknown } | null> {
    const [first] = run.events;
    if (first === undefined) return null;
    try {
      await this.parts.handler(first.ledger, run.events, run.origin);
      return null;
    } catch (cause) {
      return { offset: run.firstOffset, cause };
    }
  }

  /** kafkajs sends no heartbeat while a batch is handled: the group would take the partition away. */
  private beat(heartbeatMs: number): { error: Error | null; stop(): void } {
    const heart = { error: null as Error | null, stop: () => clearInterval(timer) };
    const timer = setInterval(() => {
      this.payload.heartbeat().catch((error: unknown) => (heart.error = asError(error)));
    }, heartbeatMs);
    return heart;
  }

  private async resolve(failedOffset: bigint | null): Promise<void> {
    const { batch } = this.payload;
    const doneOffset = failedOffset === null ? BigInt(batch.lastOffset()) : failedOffset - 1n;
    if (doneOffset < BigInt(batch.firstOffset() ?? 0)) return;
    this.payload.resolveOffset(String(doneOffset));
    const partitions = [{ partition: batch.partition, offset: String(doneOffset + 1n) }];
    await this.payload.commitOffsetsIfNecessary({ topics: [{ topic: batch.topic, partitions }] });
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('something else than an error was thrown', { cause: thrown });
}
