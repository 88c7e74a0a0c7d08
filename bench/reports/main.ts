import { join } from 'node:path';
import { datasetOf } from '../dataset/dataset.ts';
import { onFreshDatabase } from '../measuring/bench-database.ts';
import { spreadOf } from '../measuring/closed-loop.ts';
import { benchEnvironment } from '../measuring/environment.ts';
import { say, tell, type AimedFigure, type Findings, type Line } from '../measuring/findings.ts';
import { quantile } from '../measuring/statistics.ts';
import { grouped } from '../measuring/tables.ts';
import { trial } from '../measuring/trial-process.ts';
import { NO_DEARER } from '../scale/sizes.ts';
import type { ReportMeasured, ReportsOrder } from './reports-process.ts';

/** Every report, live and as of past positions and days, on a ledger of 10,000 events and on a long one. */
const SHORT_EVENTS = 10_000;
const CALLS = 100;
const LONGEST_MS = 20_000;

await main(process.argv[2]);

async function main(jsonPath: string | undefined): Promise<void> {
  const { serverUrl, events } = benchEnvironment();
  const [short, long] = [await datasetOf(serverUrl, SHORT_EVENTS, say), await datasetOf(serverUrl, events, say)];
  const measured = await onFreshDatabase(
    serverUrl,
    (shortUrl) => onFreshDatabase(serverUrl, (longUrl) => measuredAt([shortUrl, longUrl]), long.template),
    short.template,
  );
  const about = {
    calls: `${CALLS} of each, as an auditor, one after another; fewer when they take more than ${LONGEST_MS / 1_000} s`,
    'long ledger': `${grouped(long.orders)} orders`,
  };
  await tell({ about, ...found(measured, [short.events, long.events]) }, jsonPath);
}

function measuredAt(databaseUrls: readonly string[]): Promise<ReportMeasured[]> {
  const order: ReportsOrder = { databaseUrls, calls: CALLS, longestMs: LONGEST_MS };
  return trial<ReportMeasured[]>(join(import.meta.dirname, 'reports-process.js'), order);
}

function found(measured: readonly ReportMeasured[], events: readonly number[]): Pick<Findings, 'lines' | 'aims'> {
  const lines = measured.flatMap(({ name, asked, latenciesMs }) =>
    latenciesMs.map((each, index): Line => {
      return { name: `${name}, ${asked}, ${grouped(events[index] ?? 0)} events`, ...spreadOf(each) };
    }),
  );
  const aims = measured.flatMap(({ name, asked, latenciesMs: [ofShort = [], ofLong = []] }) =>
    ([0.5, 0.99] as const).map((share): AimedFigure => {
      const value = quantile(ofLong, share) / quantile(ofShort, share);
      return { name: `${name}, ${asked}, p${share * 100}`, value, unit: 'x', ...NO_DEARER };
    }),
  );
  return { lines, aims };
}
