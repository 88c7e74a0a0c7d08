import { join } from 'node:path';
import type { Measurement } from '../measuring/closed-loop.ts';
import { say, type AimedFigure, type Line } from '../measuring/findings.ts';
import { interleaved, median, pairedRatio } from '../measuring/statistics.ts';
import { startTrial, type TrialProcess } from '../measuring/trial-process.ts';
import { NO_DEARER, NO_SLOWER, type Both, type Sized } from './sizes.ts';

const ROUNDS = 3;
const CALLERS = 32;
const DURATION_MS = 3_000;

interface Opened {
  readonly openMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** What a writer costs to open, what it holds, and what a command costs it, on the short ledger and on the long one. */
export async function writersAtBoth({ short, long }: Both): Promise<{ lines: Line[]; aims: AimedFigure[] }> {
  const processes = [short, long].map(started);
  const [first, second] = processes;
  if (first === undefined || second === undefined) throw new RangeError('two sizes');
  try {
    const opened = { short: await first.next<Opened>(), long: await second.next<Opened>() };
    say(`writer opened in ${opened.short.openMs.toFixed(0)} and ${opened.long.openMs.toFixed(0)} ms`);
    const found = await interleaved(ROUNDS, { short: () => round(first), long: () => round(second) });
    const lines = [...linesOf(short, opened.short, found.short), ...linesOf(long, opened.long, found.long)];
    return { lines, aims: [...aimsOfOpening(opened), ...aimsOfAppending(found)] };
  } finally {
    await Promise.all(processes.map((process) => process.end()));
  }
}

function started({ url: databaseUrl }: Sized): TrialProcess {
  const order = { databaseUrl, callers: CALLERS, durationMs: DURATION_MS };
  return startTrial(join(import.meta.dirname, 'writer-process.js'), order);
}

async function round(process: TrialProcess): Promise<Measurement> {
  process.send({ go: true });
  const found = await process.next<Measurement>();
  say(`append: ${found.perSecond.toFixed(0)} commands/s`);
  return found;
}

function linesOf({ name }: Sized, { openMs, rssBytes, heapBytes }: Opened, found: readonly Measurement[]): Line[] {
  const of = (figure: keyof Measurement) => median(found.map((each) => each[figure]));
  const note = `${mebibytes(rssBytes)} resident, ${mebibytes(heapBytes)} of heap once opened`;
  return [
    { name: `writer opened, ${name}`, maxMs: openMs, note },
    { name: `orders appended, ${CALLERS} callers, ${name}`, perSecond: of('perSecond'), p50Ms: of('p50Ms'), p99Ms: of('p99Ms'), maxMs: of('maxMs') }, // prettier-ignore
  ];
}

function aimsOfOpening({ short, long }: { short: Opened; long: Opened }): AimedFigure[] {
  const over = (figure: keyof Opened) => ({ value: long[figure] / short[figure], unit: 'x', ...NO_DEARER }) as const;
  return [
    { name: 'time to open the writer', ...over('openMs') },
    { name: 'memory of the writer', ...over('rssBytes') },
  ];
}

function aimsOfAppending({
  short,
  long,
}: {
  short: readonly Measurement[];
  long: readonly Measurement[];
}): AimedFigure[] {
  const of = (found: readonly Measurement[], figure: keyof Measurement) => found.map((each) => each[figure]);
  const paired = (name: string, figure: keyof Measurement, aim: Pick<AimedFigure, 'atLeast' | 'atMost'>) =>
    pairedRatio(name, of(long, figure), of(short, figure), aim);
  return [
    paired('orders appended a second', 'perSecond', NO_SLOWER),
    paired('order appended, p50', 'p50Ms', NO_DEARER),
    paired('order appended, p99', 'p99Ms', NO_DEARER),
  ];
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
