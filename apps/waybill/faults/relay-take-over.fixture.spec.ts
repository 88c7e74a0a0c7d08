import type pg from 'pg';
import type { Cluster } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';
import type { Member } from './member.fixture.spec.ts';
import { until } from './until.fixture.spec.ts';

interface Blow {
  readonly name: string;
  strike(leader: Member): Promise<void>;
  recover(leader: Member): Promise<void>;
}

/** The relay that leads is struck, and stays down until the other one publishes in its place. */
export class RelayTakeOvers {
  /** By fault, how long publishing stood still each time, from the blow until the other relay had published. */
  readonly pausesMs = new Map<string, number[]>();

  readonly faults: readonly Fault[] = BLOWS.map((blow) => ({
    name: `${blow.name} relay that leads`,
    lastsMs: [0, 500],
    inject: async (cluster) => {
      const leader = await leaderOf(cluster);
      this.note(blow.name, await pauseMsOf(cluster.owner, () => blow.strike(leader)));
      return () => blow.recover(leader);
    },
  }));

  private note(name: string, pauseMs: number): void {
    this.pausesMs.set(name, [...(this.pausesMs.get(name) ?? []), pauseMs]);
  }
}

const BLOWS: readonly Blow[] = [
  { name: 'kill -9', strike: (leader) => leader.kill(), recover: (leader) => leader.start() },
  { name: 'SIGTERM', strike: (leader) => leader.stop(), recover: (leader) => leader.start() },
  {
    name: 'SIGSTOP',
    strike: (leader) => Promise.resolve(leader.pause()),
    recover: (leader) => {
      leader.resume();
      return leader.ready();
    },
  },
];

/** A lease runs for 3 s; the rest is what a busy machine may add. The promise is 30 s. */
const TAKEN_OVER_WITHIN_MS = 30_000;
const LEADS_WITHIN_MS = 30_000;

async function leaderOf({ members }: Cluster): Promise<Member> {
  const relays = [...members.values()].filter(({ name }) => name.startsWith('relay-'));
  let leader: Member | undefined;
  await until(LEADS_WITHIN_MS, async () => {
    const states = await Promise.all(relays.map(stateOf));
    leader = relays[states.indexOf('leading')];
    return leader !== undefined;
  });
  if (leader === undefined) throw new RangeError('no relay leads');
  return leader;
}

async function stateOf({ url }: Member): Promise<string> {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
  return ((await answer.json()) as { state: string }).state;
}

async function pauseMsOf(owner: pg.Pool, strike: () => Promise<void>): Promise<number> {
  const before = await publishing(owner);
  const struckMs = performance.now();
  await strike();
  let taken = before;
  await until(TAKEN_OVER_WITHIN_MS, async () => (taken = await publishing(owner)).epoch > before.epoch);
  await until(TAKEN_OVER_WITHIN_MS, async () => (await publishing(owner)).events > taken.events);
  return performance.now() - struckMs;
}

/** Whose lead it is, and how many events are published. */
async function publishing(owner: pg.Pool): Promise<{ readonly epoch: number; readonly events: number }> {
  const { rows } = await owner.query<{ epoch: number; events: number }>(
    'select max(epoch)::integer as epoch, sum(position)::integer as events from relay.publications',
  );
  return rows[0] ?? { epoch: 0, events: 0 };
}
