import type { Cluster } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';

/** SIGKILL to one of `members`, started again a moment later. */
export function killed(name: string, members: readonly [string, ...string[]]): Fault {
  return {
    name: `kill -9 ${name}`,
    lastsMs: [0, 2_000],
    async inject(cluster, chance) {
      const member = cluster.member(chance.pick([...members]));
      await member.kill();
      return () => member.start();
    },
  };
}

export const KILLS: readonly Fault[] = [
  killed('procurement-api', ['procurement-api-1', 'procurement-api-2']),
  killed('relay', ['relay-1', 'relay-2']),
  killed('projector', ['projector-1', 'projector-2']),
  killed('ops-api', ['ops-api-1']),
  serverKilled('PostgreSQL', (cluster) => cluster.postgres),
  serverKilled('broker', (cluster) => cluster.kafka),
];

function serverKilled(name: string, serverOf: (cluster: Cluster) => Cluster['postgres' | 'kafka']): Fault {
  return {
    name: `kill -9 ${name}`,
    lastsMs: [0, 2_000],
    async inject(cluster) {
      const server = serverOf(cluster);
      await server.kill();
      return () => server.restart();
    },
  };
}
