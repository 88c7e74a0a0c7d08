import { datasetOf } from '../dataset/dataset.ts';
import { onFreshDatabase } from '../measuring/bench-database.ts';
import { benchEnvironment } from '../measuring/environment.ts';
import { say, tell, type Findings } from '../measuring/findings.ts';
import { grouped } from '../measuring/tables.ts';
import type { Both, Sized } from './sizes.ts';
import { streamsOver } from './streams.ts';
import { writersAtBoth } from './writers.ts';

/** What everything costs on a ledger of 10,000 events and on a long one, made by the same history: nothing is to be dearer. */
const SHORT_EVENTS = 10_000;

await main(process.argv[2]);

async function main(jsonPath: string | undefined): Promise<void> {
  const { serverUrl, brokers, events } = benchEnvironment();
  const [short, long] = [await datasetOf(serverUrl, SHORT_EVENTS, say), await datasetOf(serverUrl, events, say)];
  const made = `${grouped(long.commands)} commands, ${grouped(long.orders)} orders, in ${Math.round(long.fillingMs / 1_000)} s`;
  const found = await onFreshDatabase(
    serverUrl,
    (shortUrl) =>
      onFreshDatabase(serverUrl, (longUrl) => atBoth({ short: sized(shortUrl, short.events), long: sized(longUrl, long.events) }, brokers), long.template), // prettier-ignore
    short.template,
  );
  await tell({ about: { 'long ledger': `${grouped(long.events)} events by ${made}` }, ...found }, jsonPath);
}

function sized(url: string, events: number): Sized {
  return { name: `${grouped(events)} events`, url, events };
}

/** Writers last: they make the ledgers longer. */
async function atBoth(both: Both, brokers: readonly string[]): Promise<Pick<Findings, 'lines' | 'aims'>> {
  const streams = await streamsOver(both.long, brokers);
  const writers = await writersAtBoth(both);
  return {
    lines: [...writers.lines, ...streams.lines],
    aims: [...writers.aims, ...streams.aims],
  };
}
