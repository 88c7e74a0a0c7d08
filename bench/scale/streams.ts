import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { rateBetween, rateOf, type Curve } from '../measuring/curve.ts';
import { say, type AimedFigure, type Line } from '../measuring/findings.ts';
import { grouped } from '../measuring/tables.ts';
import { trial } from '../measuring/trial-process.ts';
import { NO_SLOWER, type Sized } from './sizes.ts';

const STREAMS = {
  relay: '../kafka/relay-process.js',
  projector: '../kafka/projector-process.js',
  rebuild: '../rebuild/rebuild-process.js',
} as const;

interface Measured {
  readonly curve: Curve;
  readonly rssBytes: number;
}

/** Relay, projector and rebuild over the whole of a long ledger: what an event costs at its end and near its beginning. */
export async function streamsOver(
  long: Sized,
  brokers: readonly string[],
): Promise<{ lines: Line[]; aims: AimedFigure[] }> {
  const order = { databaseUrl: long.url, brokers, topic: `waybill-bench-${randomUUID()}`, events: long.events };
  const lines: Line[] = [];
  const aims: AimedFigure[] = [];
  for (const [name, script] of Object.entries(STREAMS)) {
    const { curve, rssBytes } = await trial<Measured>(join(import.meta.dirname, script), order);
    const { early, late } = windowsOf(curve, long.events);
    say(`${name}: ${grouped(rateOf(curve))} events/s, ${grouped(early)} early, ${grouped(late)} late`);
    const note = `${grouped(early)} early, ${grouped(late)} late; ${(rssBytes / 2 ** 20).toFixed(0)} MiB resident`;
    lines.push({ name: `${name}, all ${long.name}`, perSecond: rateOf(curve), note });
    aims.push({
      name: `${name}, events/s at the end over near the beginning`,
      value: late / early,
      unit: 'x',
      ...NO_SLOWER,
    });
  }
  return { lines, aims };
}

/** A tenth of the ledger after its first hundredth, in which the process warms up, and its last tenth. */
function windowsOf(curve: Curve, events: number): { early: number; late: number } {
  return {
    early: rateBetween(curve, events * 0.01, events * 0.11),
    late: rateBetween(curve, events * 0.9, events),
  };
}
