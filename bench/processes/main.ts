import { join } from 'node:path';
import { migrate } from '#libs/event-store';
import { onFreshDatabase } from '../measuring/bench-database.ts';
import type { Measurement } from '../measuring/closed-loop.ts';
import { benchEnvironment } from '../measuring/environment.ts';
import { say, tell, type AimedFigure, type Line } from '../measuring/findings.ts';
import { interleaved, median, pairedRatio } from '../measuring/statistics.ts';
import { startTrial } from '../measuring/trial-process.ts';
import type { WriterOrder } from './writer-process.ts';

/**
 * Commands of one event by two processes on one ledger, and on a ledger each, beside one process with as many callers
 * in all. Every caller sends the next command when the last is answered.
 */
const CALLERS = [64, 512];
const ROUNDS = 3;
const DURATION_MS = 4_000;
const WARM_UP_MS = 1_500;

const SETTINGS = {
  'one process': ['a'],
  'two processes, one ledger': ['a', 'a'],
  'two processes, two ledgers': ['a', 'b'],
} as const;
type Setting = keyof typeof SETTINGS;

await main(process.argv[2]);

async function main(jsonPath: string | undefined): Promise<void> {
  const { serverUrl } = benchEnvironment();
  const lines: Line[] = [];
  const aims: AimedFigure[] = [];
  for (const callers of CALLERS) {
    const measured = await interleaved(ROUNDS, variantsOf(serverUrl, callers));
    lines.push(...(Object.keys(SETTINGS) as Setting[]).map((name) => lineOf(name, callers, measured[name])));
    aims.push(...aimsOf(callers, measured));
  }
  const about = {
    rounds: `${ROUNDS}, interleaved, ${DURATION_MS} ms each`,
    command: 'PlaceOrder of one event, no rules',
  };
  await tell({ about, lines, aims }, jsonPath);
}

function variantsOf(serverUrl: string, callers: number): Record<Setting, () => Promise<Measurement>> {
  const entries = Object.entries(SETTINGS).map(([name, ledgers]) => [
    name,
    () => onFreshDatabase(serverUrl, (url) => measured(url, name, ledgers, callers)),
  ]);
  return Object.fromEntries(entries) as Record<Setting, () => Promise<Measurement>>;
}

async function measured(url: string, name: string, ledgers: readonly string[], callers: number): Promise<Measurement> {
  await migrate(url);
  const writers = ledgers.map((ledger) => {
    const order: WriterOrder = { databaseUrl: url, ledger, callers: callers / ledgers.length, durationMs: DURATION_MS, warmUpMs: WARM_UP_MS }; // prettier-ignore
    return startTrial(join(import.meta.dirname, 'writer-process.js'), order);
  });
  try {
    await Promise.all(writers.map((writer) => writer.next()));
    for (const writer of writers) writer.send({ go: true });
    const each = await Promise.all(writers.map((writer) => writer.next<Measurement>()));
    const together = joined(callers, each);
    say(`${name}, ${callers} callers: ${together.perSecond.toFixed(0)}/s, slowest ${together.maxMs.toFixed(0)} ms`);
    return together;
  } finally {
    await Promise.all(writers.map((writer) => writer.end()));
  }
}

/** Of percentiles the worse one: a caller does not choose its process. */
function joined(callers: number, each: readonly Measurement[]): Measurement {
  const worst = (figure: 'p50Ms' | 'p99Ms' | 'maxMs') => Math.max(...each.map((one) => one[figure]));
  const perSecond = each.reduce((sum, one) => sum + one.perSecond, 0);
  return { callers, perSecond, p50Ms: worst('p50Ms'), p99Ms: worst('p99Ms'), maxMs: worst('maxMs') };
}

function lineOf(name: Setting, callers: number, rounds: readonly Measurement[]): Line {
  const of = (figure: 'perSecond' | 'p50Ms' | 'p99Ms') => median(rounds.map((round) => round[figure]));
  const maxMs = Math.max(...rounds.map((round) => round.maxMs));
  return { name: `${name}, ${callers} callers in all`, perSecond: of('perSecond'), p50Ms: of('p50Ms'), p99Ms: of('p99Ms'), maxMs }; // prettier-ignore
}

function aimsOf(callers: number, measured: Record<Setting, readonly Measurement[]>): readonly AimedFigure[] {
  const rates = (name: Setting) => measured[name].map(({ perSecond }) => perSecond);
  const of = `over one process, ${callers} callers in all`;
  const slowestMs = Math.max(...measured['two processes, one ledger'].map(({ maxMs }) => maxMs));
  return [
    pairedRatio(`two processes on one ledger ${of}`, rates('two processes, one ledger'), rates('one process'), { atLeast: 0.8 }), // prettier-ignore
    pairedRatio(`two processes on two ledgers ${of}`, rates('two processes, two ledgers'), rates('one process'), {}),
    { name: `slowest caller, two processes on one ledger, ${callers} callers`, value: slowestMs, unit: 'ms', atMost: 1_000 }, // prettier-ignore
  ];
}
