import { bareInsert } from './bare-insert.ts';
import { onFreshDatabase, serverSettings } from '../measuring/bench-database.ts';
import { closedLoop, type Measurement } from '../measuring/closed-loop.ts';
import type { Contestant } from './contestant.ts';
import { tell, type AimedFigure } from '../measuring/findings.ts';
import { emmett } from './emmett.ts';
import { groupWriter } from './group-writer.ts';

/**
 * Commands of one event stored per second, three ways on one server in one run.
 * `WAYBILL_BENCH_DATABASE_URL` names the server; the first argument, when given, the JSON file to write.
 */
const CALLERS = [1, 8, 32, 256];
const DURATION_MS = 4_000;
const WARM_UP_MS = 1_000;
/** The goals of the design at 32 callers. */
const AIMS: Readonly<Record<string, number>> = { 'bare INSERT': 1.7, Emmett: 7 };

const CONTESTANTS: readonly ((url: string, callers: number) => Promise<Contestant>)[] = [
  groupWriter,
  bareInsert,
  emmett,
];

interface Line extends Measurement {
  readonly name: string;
}

await main(process.env['WAYBILL_BENCH_DATABASE_URL'], process.argv[2]);

async function main(serverUrl: string | undefined, jsonPath: string | undefined): Promise<void> {
  if (serverUrl === undefined) throw new TypeError('WAYBILL_BENCH_DATABASE_URL names no server');
  const settings = await serverSettings(serverUrl);
  const lines: Line[] = [];
  for (const callers of CALLERS) {
    for (const contestant of CONTESTANTS) {
      lines.push(await onFreshDatabase(serverUrl, (url) => measured(contestant, url, callers)));
      console.log(written(lines.at(-1)));
    }
  }
  const named = lines.map(({ name, callers, ...line }) => ({ name: `${name}, ${callers} callers`, ...line }));
  await tell({ about: { ...settings, Emmett: '@event-driven-io/emmett-postgresql' }, lines: named, aims: ratiosOf(lines) }, jsonPath); // prettier-ignore
}

async function measured(open: (typeof CONTESTANTS)[number], url: string, callers: number): Promise<Line> {
  const contestant = await open(url, callers);
  try {
    const measurement = await closedLoop(() => contestant.append(), {
      callers,
      durationMs: DURATION_MS,
      warmUpMs: WARM_UP_MS,
    });
    return { name: contestant.name, ...measurement };
  } finally {
    await contestant.close();
  }
}

/** How many times as many commands the group writer stores as each other way. */
function ratiosOf(lines: readonly Line[]): readonly AimedFigure[] {
  return lines
    .filter(({ name }) => name !== 'group writer')
    .map(({ name, callers, perSecond }) => {
      const own = lines.find((line) => line.callers === callers && line.name === 'group writer')?.perSecond ?? 0;
      const atLeast = callers === 32 ? AIMS[name] : undefined;
      const aim = atLeast === undefined ? {} : { atLeast };
      return { name: `group writer over ${name}, ${callers} callers`, value: own / perSecond, unit: 'x', ...aim };
    });
}

function written(line: Line | undefined): string {
  if (line === undefined) return '';
  const { name, callers, perSecond, p50Ms, p99Ms } = line;
  const figures = [perSecond.toFixed(0), p50Ms.toFixed(2), p99Ms.toFixed(2)]
    .map((figure) => figure.padStart(9))
    .join('');
  return `append  ${name.padEnd(13)}${String(callers).padStart(4)} callers ${figures}   commands/s, p50 ms, p99 ms`;
}
