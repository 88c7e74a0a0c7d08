import { toCloudEventHeaders } from '#libs/contracts';
import { partitionOf } from '#libs/messaging';
import type { SimulatedProcess, Weather } from './simulated-process.ts';
import type { World } from './world.ts';

/** Of the store that was there before a backup took its place. */
const EARLIER_INCARNATION = '5d2c9e10-1f4b-4a7e-8a43-77a0c0ffee02';
/** The longest pause outlives a lease and a transaction's silence twice. */
const PAUSE_MS = [25, 450] as const;

/** How bad the connections of a run are: some runs have none of a kind. */
export function drawWeather(chance: World['chance']): Weather {
  return {
    lost: chance.happens(0.6) ? chance.next() * 0.15 : 0,
    late: chance.happens(0.5) ? chance.next() * 0.08 : 0,
    slow: chance.happens(0.6) ? chance.next() * 0.1 : 0,
    garbled: chance.happens(0.3) ? chance.next() * 0.5 : 0,
    lingerMs: chance.happens(0.4) ? 250 : 15,
  };
}

/** Puts faults on the clock, each at a moment before `untilMs`. */
export function planFaults(world: World, untilMs: number): void {
  const { chance, time } = world;
  if (chance.happens(0.2)) leaveEarlierLife(world);
  for (let faults = chance.between(0, 6); faults > 0; faults -= 1) {
    const [name, strike] = chance.pick(FAULTS);
    time.after(chance.between(0, untilMs), () => {
      world.around.tally.add(name);
      strike(world);
    });
  }
}

/** The topic is made anew, or loses its tail, at `atMs`, when every process is well. */
export function planCalmDamage({ chance, time, topic, around }: World, atMs: number): void {
  const partition = chance.between(0, topic.partitions - 1);
  const messages = chance.between(1, 4);
  const anew = chance.happens(0.5);
  time.after(atMs, () => {
    around.tally.add(anew ? 'topic made anew' : 'topic cut short');
    if (anew) topic.recreate();
    else topic.loseTail(partition, messages);
  });
}

const FAULTS: readonly [Fault, ...Fault[]] = [
  ['API process killed', (world) => world.startApi(indexIn(world, world.apis))],
  ['PostgreSQL restarted', ({ ledgers }) => [...ledgers.values()].forEach((ledger) => ledger.restart())], // prettier-ignore
  ['clock of PostgreSQL set back', ({ ledgers, chance }) => [...ledgers.values()].forEach((ledger) => ledger.setClockBack(chance.between(1, 200)))], // prettier-ignore
  ['relay killed', (world) => world.startRelay(indexIn(world, world.relays))],
  ['projector killed', (world) => world.startProjector(indexIn(world, world.projectors))],
  ['rebalance', (world) => world.rebalance()],
  ['topic made anew', ({ topic }) => topic.recreate()],
  ['topic cut short', ({ topic, chance }) => topic.loseTail(chance.between(0, topic.partitions - 1), chance.between(1, 4))], // prettier-ignore
  ['relay paused', (world) => pause(world, world.relays)],
  ['projector paused', (world) => pause(world, world.projectors.map(({ process }) => process))], // prettier-ignore
  ['API process paused', (world) => pause(world, world.apis.map(({ process }) => process))], // prettier-ignore
];

type Fault = readonly [name: string, strike: (world: World) => void];

function indexIn({ chance }: World, processes: readonly unknown[]): number {
  return chance.between(0, processes.length - 1);
}

function pause(world: World, processes: readonly SimulatedProcess[]): void {
  processes[indexIn(world, processes)]?.pause(world.chance.between(...PAUSE_MS));
}

/** What an earlier life of the store published lies in the topic under the positions that the ledger gives again. */
function leaveEarlierLife({ topic, chance, ledgers, around }: World): void {
  around.tally.add('messages of an earlier incarnation');
  for (const ledger of ledgers.keys()) {
    const partition = partitionOf(ledger, topic.partitions);
    for (let position = 1; position <= chance.between(1, 4); position += 1) {
      const body = Buffer.from(JSON.stringify({ schemaVersion: 1, earlier: position }));
      const event = { ledger, position, stream: 'order/o0', version: position, type: 'OrderPlaced' };
      const headers = toCloudEventHeaders(
        { ...event, effectiveAt: '1970-01-01', recordedAtMs: 0, body },
        { incarnation: EARLIER_INCARNATION },
      );
      topic.log(partition).push({ key: ledger, value: body, headers, timestampMs: 0 });
    }
  }
}
