import { toCloudEventHeaders } from '#libs/contracts';
import { partitionOf } from '#libs/messaging';
import type { Weather } from './simulated-process.ts';
import type { World } from './world.ts';

/** Of the store that was there before a backup took its place. */
const EARLIER_INCARNATION = '5d2c9e10-1f4b-4a7e-8a43-77a0c0ffee02';

/** How bad the connections of a run are: some runs have none of a kind. */
export function drawWeather(chance: World['chance']): Weather {
  return {
    lost: chance.happens(0.6) ? chance.next() * 0.15 : 0,
    late: chance.happens(0.5) ? chance.next() * 0.08 : 0,
    slow: chance.happens(0.6) ? chance.next() * 0.1 : 0,
  };
}

/** Puts faults on the clock, each at a moment before `untilMs`. */
export function planFaults(world: World, untilMs: number): void {
  const { chance, time } = world;
  if (chance.happens(0.2)) leaveEarlierLife(world);
  for (let faults = chance.between(0, 6); faults > 0; faults -= 1) {
    const strike = chance.pick(FAULTS);
    time.after(chance.between(0, untilMs), () => strike(world));
  }
}

/** The topic is made anew, or loses its tail, at `atMs`, when every process is well. */
export function planCalmDamage({ chance, time, topic }: World, atMs: number): void {
  const partition = chance.between(0, topic.partitions - 1);
  const messages = chance.between(1, 4);
  const anew = chance.happens(0.5);
  time.after(atMs, () => (anew ? topic.recreate() : topic.loseTail(partition, messages)));
}

const FAULTS: readonly [Fault, ...Fault[]] = [
  (world) => world.startApi(world.chance.between(0, 1)),
  (world) => world.startRelay(world.chance.between(0, 1)),
  (world) => world.startProjector(world.chance.between(0, 1)),
  (world) => world.rebalance(),
  ({ topic }) => topic.recreate(),
  ({ topic, chance }) => topic.loseTail(chance.between(0, topic.partitions - 1), chance.between(1, 4)),
  ({ relays, chance }) => relays[chance.between(0, 1)]?.pause(chance.between(50, 900)),
  ({ projectors, chance }) => projectors[chance.between(0, 1)]?.process.pause(chance.between(50, 900)),
  ({ apis, chance }) => apis[chance.between(0, 1)]?.process.pause(chance.between(50, 900)),
];

type Fault = (world: World) => void;

/** What an earlier life of the store published lies in the topic under the positions that the ledger gives again. */
function leaveEarlierLife({ topic, chance, ledgers }: World): void {
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
