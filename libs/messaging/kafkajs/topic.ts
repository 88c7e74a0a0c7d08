import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';
import { fromKafkaMessage, MalformedCloudEvent } from '#libs/contracts';
import { TopicForgets } from '../errors.ts';
import type { EventTopic, PartitionExtent, RecordedPlace } from '../ports.ts';
import { readRecord } from './record-reader.ts';

export interface TopicShape {
  readonly topic: string;
  /** How many a new topic gets. */
  readonly partitions: number;
  /** Copies of each partition; the broker's default unless told. */
  readonly replicas?: number;
}

/** {@link EventTopic} on kafkajs. A connection for each question: they are rare, and none is left to go stale. */
export class KafkajsTopic implements EventTopic {
  readonly topic: string;

  constructor(
    private readonly kafka: Kafka,
    private readonly shape: TopicShape,
  ) {
    this.topic = shape.topic;
  }

  async ensure(): Promise<number> {
    return this.ask(async (admin) => {
      await this.create(admin);
      await this.refuseForgetting(admin);
      const { topics } = await admin.fetchTopicMetadata({ topics: [this.topic] });
      return topics.reduce((count, { partitions }) => count + partitions.length, 0);
    });
  }

  /** Whether the topic is there. */
  async exists(): Promise<boolean> {
    return this.ask(async (admin) => (await admin.listTopics()).includes(this.topic));
  }

  async extents(): Promise<readonly PartitionExtent[]> {
    const offsets = await this.ask((admin) => admin.fetchTopicOffsets(this.topic));
    return offsets
      .toSorted((a, b) => a.partition - b.partition)
      .map(({ low, high }) => ({ low: Number(low), high: Number(high) }));
  }

  async recordAt(partition: number, offset: number): Promise<RecordedPlace | null> {
    const message = await readRecord(this.kafka, { topic: this.topic, partition, offset });
    return message === null ? null : placeOf(message);
  }

  /** Asks first: kafkajs warns of a topic that is there. One made in between is no error either. */
  private async create(admin: Admin): Promise<void> {
    if ((await admin.listTopics()).includes(this.topic)) return;
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic: this.topic,
          numPartitions: this.shape.partitions,
          replicationFactor: this.shape.replicas ?? BROKERS_DEFAULT,
          configEntries: Object.entries({ ...KEEPS_ALL, ...ROOM }).map(([name, value]) => ({ name, value })),
        },
      ],
    });
  }

  private async refuseForgetting(admin: Admin): Promise<void> {
    const type = kafkajs.ConfigResourceTypes.TOPIC;
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type, name: this.topic, configNames: Object.keys(KEEPS_ALL) }],
    });
    for (const { configName, configValue } of resources.flatMap((resource) => resource.configEntries)) {
      const expected = KEEPS_ALL[configName];
      if (expected !== undefined && configValue !== expected) {
        throw new TopicForgets(this.topic, configName, expected, configValue);
      }
    }
  }

  private async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      return await question(admin);
    } finally {
      await admin.disconnect();
    }
  }
}

function placeOf(message: kafkajs.KafkaMessage): RecordedPlace | null {
  try {
    const { event, origin } = fromKafkaMessage(message.headers, message.value);
    return { ledger: event.ledger, position: event.position, incarnation: origin.incarnation };
  } catch (error) {
    if (error instanceof MalformedCloudEvent) return null;
    throw error;
  }
}

const BROKERS_DEFAULT = -1;

/** Events carry old timestamps: the broker's default retention would delete them within seconds. */
const KEEPS_ALL: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'retention.bytes': '-1',
  'retention.ms': '-1',
};

/** For the event of a command of 1 MiB, with its headers; the broker's default is 1 MiB with everything. */
const ROOM: Readonly<Record<string, string>> = { 'max.message.bytes': String(2 * 1024 * 1024) };
