import { join } from 'node:path';
import { type KafkaCluster, type LocalKafka, startKafkaCluster } from '#libs/local-servers';
import type { Cluster, ServerPlace } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';
import { until } from './until.fixture.spec.ts';

/** Three brokers where a cluster has one: every partition thrice, a write acknowledged when two have it. */
export class ThreeBrokers {
  private started: KafkaCluster | null = null;

  /** For {@link ClusterOptions}. */
  readonly start = async ({ dataFolder, port }: ServerPlace): Promise<LocalKafka> => {
    const firstPort = port + FROM_THE_OTHERS;
    const cluster = await startKafkaCluster({ dataFolder: join(dataFolder, 'three'), brokers: 3, firstPort });
    this.started = cluster;
    return {
      brokers: cluster.brokers.map(({ address }) => address),
      port,
      pid: 0,
      exited: new Promise(() => undefined),
      stop: () => cluster.stop(),
      removeData: () => cluster.removeData(),
    };
  };

  /** One of them, drawn by lot, is killed and stays away: the two others go on with everything, after a pause. */
  readonly oneKilled: Fault = {
    name: 'one of three brokers killed',
    lastsMs: [0, 2_000],
    inject: async (cluster, chance) => {
      const broker = this.broker(chance.between(0, 2));
      const killedMs = performance.now();
      await broker.kill();
      const heads = await headsOf(cluster);
      await until(GOES_ON_WITHIN_MS, () => arePublished(cluster, heads));
      this.pausesMs.push(performance.now() - killedMs);
      return () => broker.start();
    },
  };

  /** Two are killed: the one that is left acknowledges nothing, commands go on, and all is caught up when they are back. */
  readonly twoKilled: Fault = {
    name: 'two of three brokers killed',
    lastsMs: [3_000, 6_000],
    inject: async (_, chance) => {
      const first = chance.between(0, 2);
      const brokers = [this.broker(first), this.broker((first + 1) % 3)];
      await Promise.all(brokers.map((broker) => broker.kill()));
      return async () => {
        await Promise.all(brokers.map((broker) => broker.start()));
      };
    },
  };

  /** How long publishing stood still each time that one was killed, until it went on without it. */
  readonly pausesMs: number[] = [];

  private broker(index: number): KafkaCluster['brokers'][number] {
    const broker = this.started?.brokers[index];
    if (broker === undefined) throw new RangeError(`no broker ${index}`);
    return broker;
  }
}

/** A dead broker's partitions get another leader after 3 s; the rest is what a busy machine may add. */
const GOES_ON_WITHIN_MS = 60_000;

interface Head {
  readonly ledger: string;
  readonly position: number;
}

async function headsOf({ owner }: Cluster): Promise<readonly Head[]> {
  const { rows } = await owner.query<Head>(
    'select ledger, max(position)::integer as position from ledger.events group by ledger',
  );
  return rows;
}

async function arePublished({ owner }: Cluster, heads: readonly Head[]): Promise<boolean> {
  const { rows } = await owner.query<Head>('select ledger, position::integer from relay.publications');
  const published = new Map(rows.map(({ ledger, position }) => [ledger, position]));
  return heads.every(({ ledger, position }) => (published.get(ledger) ?? 0) >= position);
}

/** Ports of a cluster of processes lie together; those of the brokers beyond them. */
const FROM_THE_OTHERS = 9_000;
