import type { Kafka, Producer } from 'kafkajs';
import { createTestTopic } from '#libs/testing';
import type { TestTopic } from '#libs/testing';
import { connectKafka, KafkajsPublisher, KafkajsTopic } from '../index.ts';
import type { TopicMessage } from '../index.ts';
import { cuttableNetwork } from '../trial/cut-network.ts';
import { recordedLog } from '../trial/recorded-log.ts';

const LONGEST_MS = 120_000;

let target: TestTopic;

beforeEach(async () => {
  target = await createTestTopic();
});

afterEach(() => target.remove());

describe('the publisher', () => {
  it(
    'sends nothing more over a producer that was rejected once',
    async () => {
      const network = cuttableNetwork();
      const kafka = connectKafka({ ...network, brokers: target.brokers, clientId: 'test', log: recordedLog() });
      const made = producersOf(kafka);
      const publisher = new KafkajsPublisher(kafka, target.topic);
      expect(await publisher.publish(3, messages(2))).toBe(0);
      network.cut();
      await expect(publisher.publish(3, messages(1))).rejects.toMatchObject({ code: 'PUBLISH_FAILED', partition: 3 });
      network.mend();
      expect(await publisher.publish(3, messages(1))).toBe(2);
      expect(made).toHaveLength(2);
      await expect(made[0]?.send({ topic: target.topic, messages: [] })).rejects.toThrow('disconnected');
      await publisher.close();
    },
    LONGEST_MS,
  );

  it(
    'notices that the topic was made anew under it',
    async () => {
      const kafka = connectKafka({ brokers: target.brokers, clientId: 'test', log: recordedLog() });
      const publisher = new KafkajsPublisher(kafka, target.topic);
      await publisher.publish(0, messages(10));
      await target.remove();
      await new KafkajsTopic(kafka, { topic: target.topic, partitions: 12 }).ensure();
      await expect(publishedWhenKnown(publisher)).rejects.toMatchObject({
        code: 'TOPIC_RESTARTED',
        expectedOffset: 10,
        foundOffset: 0,
      });
      await publisher.close();
    },
    LONGEST_MS,
  );
});

function messages(count: number): TopicMessage[] {
  return Array.from({ length: count }, () => ({ key: 'a', value: Buffer.from('{}'), headers: {}, timestampMs: 0 }));
}

/** The broker may need a moment to know the new topic. */
async function publishedWhenKnown(publisher: KafkajsPublisher): Promise<number> {
  for (;;) {
    try {
      return await publisher.publish(0, messages(1));
    } catch (error) {
      if ((error as { code?: string }).code !== 'PUBLISH_FAILED') throw error;
    }
  }
}

/** Every producer that `kafka` makes from now on. */
function producersOf(kafka: Kafka): readonly Producer[] {
  const made: Producer[] = [];
  const make = kafka.producer.bind(kafka);
  kafka.producer = (config) => {
    const producer = make(config);
    made.push(producer);
    return producer;
  };
  return made;
}
