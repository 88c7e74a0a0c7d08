import { join } from 'node:path';
import { datasetOf } from '../dataset/dataset.ts';
import { onFreshDatabase } from '../measuring/bench-database.ts';
import { rateOf } from '../measuring/curve.ts';
import { benchEnvironment } from '../measuring/environment.ts';
import { say, tell, type Line } from '../measuring/findings.ts';
import { interleaved, median, pairedRatio } from '../measuring/statistics.ts';
import { grouped } from '../measuring/tables.ts';
import { trial } from '../measuring/trial-process.ts';
import type { RebuildMeasured } from './order.ts';

/**
 * A rebuild of all read models from the ledger beside a reader that parses every body, a process each, in turn. And beside the bound that
 * PostgreSQL sets: bare COPY of the rows that a rebuild makes, into the same tables.
 */
const EVENTS_MOST = 100_000;
const ROUNDS = 3;

const SCRIPTS = {
  rebuild: 'rebuild-process.js',
  reader: 'reader-process.js',
  'bare COPY of the rows': 'copy-process.js',
} as const;
type Contestant = keyof typeof SCRIPTS;

await main(process.argv[2]);

async function main(jsonPath: string | undefined): Promise<void> {
  const { serverUrl, events: longest } = benchEnvironment();
  const { template, events } = await datasetOf(serverUrl, Math.min(longest, EVENTS_MOST), say);
  const on = (name: Contestant) => () => onFreshDatabase(serverUrl, (url) => measured(name, url), template);
  const copy = 'bare COPY of the rows';
  const found = await interleaved(ROUNDS, { rebuild: on('rebuild'), reader: on('reader'), [copy]: on(copy) });
  const rates = (name: Contestant) => found[name].map(({ curve }) => rateOf(curve));
  const lines = (Object.keys(SCRIPTS) as Contestant[]).map((name) => lineOf(name, rates(name), found[name]));
  const aims = [
    pairedRatio('rebuild over reader', rates('rebuild'), rates('reader'), { atLeast: 0.5 }),
    pairedRatio(`${copy} over reader`, rates(copy), rates('reader'), {}),
    pairedRatio(`rebuild over ${copy}`, rates('rebuild'), rates(copy), {}),
  ];
  const about = { events: grouped(events), rounds: `${ROUNDS}`, reader: '20,000 rows a statement, JSON.parse of every body' }; // prettier-ignore
  await tell({ about, lines, aims }, jsonPath);
}

async function measured(name: Contestant, databaseUrl: string): Promise<RebuildMeasured> {
  const found = await trial<RebuildMeasured>(join(import.meta.dirname, SCRIPTS[name]), { databaseUrl });
  say(`${name}: ${grouped(rateOf(found.curve))} events/s`);
  return found;
}

function lineOf(name: Contestant, rates: readonly number[], found: readonly RebuildMeasured[]): Line {
  const rssMiB = median(found.map(({ rssBytes }) => rssBytes)) / 2 ** 20;
  return { name: `${name}, events`, perSecond: median(rates), note: `${rssMiB.toFixed(0)} MiB resident` };
}
