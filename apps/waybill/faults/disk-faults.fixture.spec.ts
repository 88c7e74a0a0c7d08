import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalKafka, type LocalPostgres, startKafka, startPostgres } from '#libs/local-servers';
import { SmallDisk } from '#libs/testing';
import type { ServerPlace } from './cluster.fixture.spec.ts';
import type { Fault, Heal } from './fault.fixture.spec.ts';
import type { ServerUnderFaults } from './server.fixture.spec.ts';

/** PostgreSQL's data, and Kafka's, each on a small disk of its own, which the other's trouble does not touch. */
export class SmallDisks {
  private readonly mounted = new Map<'postgres' | 'kafka', SmallDisk>();

  /** For a {@link Cluster}; mounts the disks. Throws `MountRefused`. */
  readonly options = {
    startPostgres: async ({ port }: ServerPlace): Promise<LocalPostgres> =>
      startPostgres({ dataFolder: await this.folder('postgres'), port, auth: 'trust' }),
    startKafka: async (place: ServerPlace): Promise<LocalKafka> =>
      startKafka({ ...place, dataFolder: await this.folder('kafka') }),
  };

  async unmount(): Promise<void> {
    await Promise.all([...this.mounted.values()].map((disk) => disk.unmount()));
  }

  disk(server: 'postgres' | 'kafka'): SmallDisk {
    const disk = this.mounted.get(server);
    if (disk === undefined) throw new RangeError(`${server} has no disk yet`);
    return disk;
  }

  private async folder(server: 'postgres' | 'kafka'): Promise<string> {
    if (!this.mounted.has(server)) this.mounted.set(server, await SmallDisk.mount(SIZE_MIB));
    return join(this.disk(server).folder, 'data');
  }
}

const SIZE_MIB = 640;
/** From nothing at all to a few pages: PostgreSQL, then only its log, finds no room. */
const LEFT_BYTES_MAX = 64 * 1024;

/** No room is left for PostgreSQL's pages or its log; it may go on answering, panic, or not come back until there is. */
export function postgresDiskFull(disks: SmallDisks): Fault {
  return {
    name: "PostgreSQL's disk full",
    lastsMs: [1_000, 6_000],
    async inject(cluster, chance) {
      const disk = disks.disk('postgres');
      await disk.fill(chance.between(0, LEFT_BYTES_MAX));
      return roomMade(disk, cluster.postgres);
    },
  };
}

/** No room is left for the broker's log: it ends itself, and comes back when there is. */
export function brokerDiskFull(disks: SmallDisks): Fault {
  return {
    name: "broker's disk full",
    lastsMs: [4_000, 8_000],
    async inject(cluster, chance) {
      const disk = disks.disk('kafka');
      await disk.fill(chance.between(0, LEFT_BYTES_MAX));
      return roomMade(disk, cluster.kafka);
    },
  };
}

/** As whoever watches over the servers does: one that has ended is started again. */
export function roomMade<Server extends LocalPostgres | LocalKafka>(
  disk: SmallDisk,
  server: ServerUnderFaults<Server>,
): Heal {
  return async () => {
    await disk.makeRoom();
    const ended = await Promise.race([server.current.exited.then(() => true), sleep(500, false)]);
    if (!ended) return;
    await server.stop();
    await server.restart();
  };
}
