import type { Broker, Cluster, Kafka, KafkaMessage } from 'kafkajs';

/**
 * The message at `offset` of a partition, read without a group: joining one takes seconds, and nothing is left behind.
 * Null when the partition does not hold the offset. Throws what kafkajs throws when the broker does not answer.
 * kafkajs 2.2.4 offers no such read, but its consumers and admins make theirs of the two calls that are made here.
 */
export async function readRecord(
  kafka: Kafka,
  { topic, partition, offset }: { readonly topic: string; readonly partition: number; readonly offset: number },
): Promise<KafkaMessage | null> {
  const cluster = clusterOf(kafka);
  try {
    await cluster.connect();
    await cluster.addTargetTopic(topic);
    const leader = await leaderOf(cluster, topic, partition);
    const { responses } = (await leader.fetch({
      maxWaitTime: 0,
      minBytes: 0,
      replicaId: CONSUMER,
      isolationLevel: READ_COMMITTED,
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(offset), maxBytes: LEAST_BYTES }] }],
    })) as { readonly responses: readonly FetchedTopic[] };
    const found = responses.flatMap(({ partitions }) => partitions.flatMap(({ messages }) => messages));
    return found.find((message) => Number(message.offset) === offset) ?? null;
  } catch (error) {
    if ((error as { readonly type?: string }).type === 'OFFSET_OUT_OF_RANGE') return null;
    throw error;
  } finally {
    await cluster.disconnect();
  }
}

async function leaderOf(cluster: ReachedCluster, topic: string, partition: number): Promise<Broker> {
  const leaders = cluster.findLeaderForPartitions(topic, [partition]);
  const [nodeId = ''] = Object.keys(leaders);
  return cluster.findBroker({ nodeId });
}

interface FetchedTopic {
  readonly partitions: readonly { readonly messages: readonly KafkaMessage[] }[];
}

type ReachedCluster = Cluster & {
  findLeaderForPartitions(topic: string, partitions: number[]): Readonly<Record<string, number[]>>;
};

/** The brokers as `kafka` was told to reach them; kafkajs keeps the making of one under a symbol of its own. */
function clusterOf(kafka: Kafka): ReachedCluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === CREATE_CLUSTER);
  if (symbol === undefined) throw new TypeError(`this version of kafkajs has no ${CREATE_CLUSTER}`);
  const create = (kafka as unknown as Record<symbol, (options: object) => ReachedCluster>)[symbol];
  if (create === undefined) throw new TypeError(`this version of kafkajs has no ${CREATE_CLUSTER}`);
  return create({ allowAutoTopicCreation: false, metadataMaxAge: 0 });
}

const CREATE_CLUSTER = 'private:Kafka:createCluster';
const CONSUMER = -1;
const READ_COMMITTED = 1;
/** The broker answers with one whole batch even so. */
const LEAST_BYTES = 1;
