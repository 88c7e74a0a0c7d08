import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../e2e/running-waybill.fixture.spec.ts';
import type { FaultRow } from './fault-run.fixture.spec.ts';

const FILE = join(PROJECT, '.waybill', 'test', 'faults.json');

/** Puts `row` in the place of an earlier one of this fault that had no more injections, for documents to quote. */
export function keepRow(row: FaultRow): void {
  const kept = keptRows();
  const earlier = kept.find(({ fault }) => fault === row.fault);
  if (earlier !== undefined && earlier.times > row.times && row.violations.length === 0) return;
  mkdirSync(join(PROJECT, '.waybill', 'test'), { recursive: true });
  const rows = [...kept.filter((each) => each !== earlier), row];
  writeFileSync(FILE, `${JSON.stringify(rows, null, 2)}\n`);
}

function keptRows(): readonly FaultRow[] {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as FaultRow[]) : [];
}

/** The rows as a table; the bound is the rule of three: no loss in n tries leaves at most 3/n at 95 % confidence. */
export function tableOf(rows: readonly FaultRow[]): string {
  const cells = rows.map((row) => [
    row.fault,
    String(row.times),
    String(row.acknowledged),
    String(row.unknown),
    String(row.lost),
    String(row.doubled),
    `${row.recoverySeconds.p50} / ${row.recoverySeconds.max}`,
    String(row.longestAnswerMs),
    row.times > 3 ? (3 / row.times).toFixed(3) : '1',
    String(row.seed),
  ]);
  return [HEAD, HEAD.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |\n`).join('');
}

const HEAD = [
  ...['fault', 'times', 'acknowledged', 'unknown', 'lost', 'doubled', 'recovery p50 / max s', 'longest answer ms'],
  ...['risk below', 'seed'],
];
