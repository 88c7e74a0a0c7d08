import { isMet, type AimedFigure, type Findings, type Line } from './findings.ts';

export interface PieceResult {
  readonly piece: string;
  readonly exitCode: number | null;
  readonly elapsedMs: number;
  /** What the piece wrote; null when it failed before. */
  readonly findings: Findings | null;
}

type Table = readonly (readonly string[])[];

/** What was measured, then the figures beside their aims, in columns. */
export function onScreen(results: readonly PieceResult[]): string {
  return [measuredTable(results), aimsTable(results)].map(columns).join('\n\n');
}

/** The same for a document. */
export function inMarkdown(results: readonly PieceResult[]): string {
  return [measuredTable(results), aimsTable(results)].map(pipes).join('\n\n');
}

function measuredTable(results: readonly PieceResult[]): Table {
  const head = ['measured', 'per second', 'p50 ms', 'p99 ms', 'max ms', ''];
  const rows = results.flatMap(({ piece, findings, elapsedMs }) => {
    if (findings === null) return [[`${piece}: failed after ${Math.round(elapsedMs / 1_000)} s`, '', '', '', '', '']];
    return findings.lines.map((line) => rowOf(piece, line));
  });
  return [head, ...rows];
}

function rowOf(piece: string, { name, perSecond, p50Ms, p99Ms, maxMs, note = '' }: Line): readonly string[] {
  const rate = perSecond === undefined ? '' : grouped(perSecond);
  const latencies = [p50Ms, p99Ms, maxMs].map((ms) => (ms === undefined ? '' : ms.toFixed(ms < 10 ? 2 : 0)));
  return [`${piece}: ${name}`, rate, ...latencies, note];
}

function aimsTable(results: readonly PieceResult[]): Table {
  const rows = results.flatMap(({ piece, findings }) => (findings?.aims ?? []).map((each) => aimRow(piece, each)));
  return [['figure', 'median', 'of pairs', 'aim', ''], ...rows];
}

function aimRow(piece: string, figure: AimedFigure): readonly string[] {
  const { name, value, unit, atLeast, atMost, between } = figure;
  const shown = (each: number) => (unit === 'x' ? `${each.toFixed(2)} x` : `${each.toFixed(0)} ms`);
  const spread = between === undefined ? '' : between.map((each) => each.toFixed(2)).join(' to ');
  const low = atLeast === undefined ? '' : `at least ${shown(atLeast)}`;
  const high = atMost === undefined ? '' : `at most ${shown(atMost)}`;
  const verdict = low + high === '' ? '' : isMet(figure) ? 'met' : 'missed';
  return [`${piece}: ${name}`, shown(value), spread, low + high, verdict];
}

export function grouped(figure: number): string {
  return Math.round(figure).toLocaleString('en-GB');
}

function columns(table: Table): string {
  const widths = widthsOf(table);
  return table.map((row) => row.map((cell, column) => padded(cell, widths, column, row)).join('  ').trimEnd()).join('\n'); // prettier-ignore
}

function pipes(table: Table): string {
  const [head = [], ...rows] = table;
  return [head, head.map((_, column) => (column === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function widthsOf(table: Table): readonly number[] {
  return (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
}

/** Names and remarks to the left, figures to the right. */
function padded(cell: string, widths: readonly number[], column: number, row: readonly string[]): string {
  const width = widths[column] ?? 0;
  return column === 0 || column === row.length - 1 ? cell.padEnd(width) : cell.padStart(width);
}
