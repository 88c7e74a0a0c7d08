import { Kafka, logLevel, ConfigResourceTypes, type Admin } from 'kafkajs';
import { createTestTopic, type TestTopic } from './index.ts';

describe('a test topic', () => {
  let made: TestTopic;
  let admin: Admin;

  beforeAll(async () => {
    made = await createTestTopic({ partitions: 3 });
    admin = new Kafka({ brokers: made.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  });

  afterAll(async () => {
    await admin.disconnect();
  });

  it('has the partitions asked for', async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [made.topic] });
    expect(topics.map((topic) => topic.partitions.length)).toEqual([3]);
  });

  it('keeps everything: retention by time and by size is off', async () => {
    const configNames = ['retention.ms', 'retention.bytes'];
    const resources = [{ type: ConfigResourceTypes.TOPIC, name: made.topic, configNames }];
    const described = await admin.describeConfigs({ resources, includeSynonyms: false });
    const entries = described.resources[0]?.configEntries ?? [];
    expect(Object.fromEntries(entries.map((entry) => [entry.configName, entry.configValue]))).toEqual({
      'retention.ms': '-1',
      'retention.bytes': '-1',
    });
  });

  it('is gone after remove', async () => {
    await made.remove();
    expect(await admin.listTopics()).not.toContain(made.topic);
  });
});
