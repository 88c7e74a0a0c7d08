import kafkajs from 'kafkajs';
import type { Kafka, Producer } from 'kafkajs';
import { PublishFailed } from '../errors.ts';
import type { TopicMessage, TopicPublisher } from '../ports.ts';

/**
 * {@link TopicPublisher} on kafkajs. Not idempotent: with `idempotent: true` kafkajs 2.2.4 goes on with wrong sequence
 * numbers after a failed produce, and the broker takes the next batch for a duplicate, acknowledges and drops it
 * (seen: two batches acknowledged, one stored). A repeat in the topic is harmless here, a loss is not.
 */
export class KafkajsPublisher implements TopicPublisher {
  private session: Session | null = null;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
  ) {}

  async publish(partition: number, messages: readonly TopicMessage[]): Promise<number> {
    const session = (this.session ??= this.open());
    try {
      await session.connected;
      return await this.send(session.producer, partition, messages);
    } catch (error) {
      await this.discard(session);
      throw new PublishFailed(this.topic, partition, error);
    }
  }

  async close(): Promise<void> {
    if (this.session !== null) await this.discard(this.session);
  }

  private open(): Session {
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: () => partitionGiven,
      idempotent: false,
      retry: { retries: 0 },
    });
    return { producer, connected: producer.connect() };
  }

  private async send(producer: Producer, partition: number, messages: readonly TopicMessage[]): Promise<number> {
    const [acknowledged, ...others] = await producer.send({
      topic: this.topic,
      acks: ALL_IN_SYNC_REPLICAS,
      messages: messages.map(({ key, value, headers, timestampMs }) => {
        return { key, value, headers, partition, timestamp: String(timestampMs) };
      }),
    });
    if (acknowledged === undefined || others.length > 0 || acknowledged.partition !== partition) {
      throw new kafkajs.KafkaJSNonRetriableError('the answer names other partitions than the request');
    }
    return Number(acknowledged.baseOffset);
  }

  /** After a rejection kafkajs may still have the request under way: nothing more goes over that connection. */
  private async discard(session: Session): Promise<void> {
    if (this.session === session) this.session = null;
    await session.producer.disconnect();
  }
}

interface Session {
  readonly producer: Producer;
  readonly connected: Promise<void>;
}

const ALL_IN_SYNC_REPLICAS = -1;

/** Messages name their partition; kafkajs's own choice would hide that one was forgotten. */
function partitionGiven({ message }: { message: { partition?: number } }): number {
  if (message.partition === undefined) throw new kafkajs.KafkaJSNonRetriableError('a message without a partition');
  return message.partition;
}
