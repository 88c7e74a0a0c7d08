import { join } from 'node:path';
import { spreadOf } from '../measuring/closed-loop.ts';
import { say, type AimedFigure, type Line } from '../measuring/findings.ts';
import { quantile } from '../measuring/statistics.ts';
import { trial } from '../measuring/trial-process.ts';
import type { ReportsMeasured, ReportsOrder } from './reports-process.ts';
import { NO_DEARER, type Both } from './sizes.ts';

const CALLS = 200;

/** What reports cost on the short ledger and on the long one. */
export async function reportsAtBoth({ short, long }: Both): Promise<{ lines: Line[]; aims: AimedFigure[] }> {
  const order: ReportsOrder = { databaseUrls: [short.url, long.url], calls: CALLS };
  const measured = await trial<ReportsMeasured>(join(import.meta.dirname, 'reports-process.js'), order);
  const found = Object.entries(measured);
  const lines = found.flatMap(([name, [ofShort = [], ofLong = []]]) => [
    { name: `${name}, ${short.name}`, ...spreadOf(ofShort) },
    { name: `${name}, ${long.name}`, ...spreadOf(ofLong) },
  ]);
  const aims = found.flatMap(([name, [ofShort = [], ofLong = []]]) =>
    ([0.5, 0.99] as const).map((share): AimedFigure => {
      const value = quantile(ofLong, share) / quantile(ofShort, share);
      return { name: `${name}, p${share * 100}`, value, unit: 'x', ...NO_DEARER };
    }),
  );
  say(`reports: ${CALLS} calls of ${found.length} at each size`);
  return { lines, aims };
}
