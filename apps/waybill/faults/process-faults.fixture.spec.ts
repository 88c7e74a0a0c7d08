import type { Cluster } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';

type Names = readonly [string, ...string[]];

const APIS: Names = ['procurement-api-1', 'procurement-api-2'];
const RELAYS: Names = ['relay-1', 'relay-2'];
const PROJECTORS: Names = ['projector-1', 'projector-2'];

/** SIGKILL to one of `members`, started again a moment later. */
export function killed(name: string, members: Names): Fault {
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

/** SIGKILL to a server with all its children, started again a moment later. */
export function serverKilled(name: string, serverOf: (cluster: Cluster) => Cluster['postgres' | 'kafka']): Fault {
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

/** SIGSTOP to one of `members` for longer than the others wait for it, then SIGCONT: it goes on as if nothing had been. */
export function paused(name: string, members: Names, lastsMs: Fault['lastsMs']): Fault {
  return {
    name: `SIGSTOP ${name}`,
    lastsMs,
    async inject(cluster, chance) {
      const member = cluster.member(chance.pick([...members]));
      member.pause();
      return async () => {
        member.resume();
        await member.ready();
      };
    },
  };
}

/** Every process and both servers at once, as a power cut would. */
export const POWER_CUT: Fault = {
  name: 'kill -9 everything at once',
  lastsMs: [0, 500],
  async inject(cluster) {
    const { kafka, members, postgres } = cluster;
    await Promise.all([...[...members.values()].map((member) => member.kill()), postgres.kill(), kafka.kill()]);
    return async () => {
      await Promise.all([postgres.restart(), kafka.restart()]);
      await cluster.ready();
    };
  },
};

export const KILLS = {
  procurementApi: killed('procurement-api', APIS),
  relay: killed('relay', RELAYS),
  projector: killed('projector', PROJECTORS),
  opsApi: killed('ops-api', ['ops-api-1']),
  postgres: serverKilled('PostgreSQL', (cluster) => cluster.postgres),
  broker: serverKilled('broker', (cluster) => cluster.kafka),
};

/** A lease of the relay runs for 3 s, a session of the projector's group for 10 s, a client waits for 5 s. */
export const PAUSES = {
  relay: paused('relay', RELAYS, [3_500, 6_000]),
  projector: paused('projector', PROJECTORS, [10_500, 13_000]),
  procurementApi: paused('procurement-api', APIS, [5_500, 8_000]),
};
