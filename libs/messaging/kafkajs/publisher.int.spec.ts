import type { Kafka, Producer } from 'kafkajs';
import { createTestTopic } from '#libs/testing';
import type { TestTopic } from '#libs/testing';
import { connectKafka, KafkajsPublisher } from '../index.ts';
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
});

function messages(count: number): TopicMessage[] {
  return Array.from({ length: count }, () => ({ key: 'a', value: Buffer.from('{}'), headers: {}, timestampMs: 0 }));
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
