import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Runs the benchmarks one after another, each in a process of its own, prints one table of all and writes it to
 * `.waybill/bench/DATE.json`. Arguments name the pieces to run; all of them when there are none.
 * A piece takes the JSON file to write as its argument, and finds its servers in the environment.
 */
const PIECES = ['append', 'http'] as const;
const RESULTS = resolve('.waybill/bench');

process.exitCode = await main(process.argv.slice(2));

async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !PIECES.some((piece) => piece === name));
  if (unknown.length > 0) {
    console.error(`there is no benchmark ${unknown.join(', ')}; there are ${PIECES.join(', ')}`);
    return 2;
  }
  const results: PieceResult[] = [];
  for (const piece of PIECES) {
    if (wanted.length === 0 || wanted.includes(piece)) results.push(await runPiece(piece));
  }
  console.log(`\n${tableOf(results)}\n`);
  console.log(`Written to ${await keep(results)}`);
  return results.every(({ exitCode }) => exitCode === 0) ? 0 : 1;
}

interface PieceResult {
  readonly piece: string;
  readonly exitCode: number | null;
  readonly elapsedMs: number;
  /** What the piece wrote; null when it failed before. */
  readonly result: Measured | null;
}

/** The part of a piece's JSON that the table of all shows. */
interface Measured {
  readonly lines: readonly {
    readonly name: string;
    readonly callers: number;
    readonly perSecond: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
  }[];
  readonly ratios: readonly { readonly callers: number; readonly over: string; readonly ratio: number }[];
}

async function runPiece(piece: string): Promise<PieceResult> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const file = join(folder, 'result.json');
  const startedMs = performance.now();
  console.log(`\n${piece}`);
  try {
    const exitCode = await exitOf(join(import.meta.dirname, piece, 'main.js'), file);
    const result = exitCode === 0 ? (JSON.parse(await readFile(file, 'utf8')) as Measured) : null;
    return { piece, exitCode, elapsedMs: Math.round(performance.now() - startedMs), result };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function exitOf(script: string, resultFile: string): Promise<number | null> {
  return new Promise((ended, fail) => {
    const child = spawn(process.execPath, [script, resultFile], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', fail);
    child.once('exit', ended);
  });
}

function tableOf(results: readonly PieceResult[]): string {
  const head = ['', 'callers', 'per second', 'p50 ms', 'p99 ms', 'times as many as'];
  const rows = results.flatMap(({ piece, result }) => rowsOf(piece, result));
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => padded(cell, widths[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowsOf(piece: string, result: Measured | null): readonly (readonly string[])[] {
  if (result === null) return [[`${piece}: failed`, '', '', '', '', '']];
  return result.lines.map(({ name, callers, perSecond, p50Ms, p99Ms }, index) => {
    const isFirst = result.lines.findIndex((line) => line.callers === callers) === index;
    const beside = result.ratios
      .filter((each) => isFirst && each.callers === callers)
      .map(({ over, ratio }) => `${over} ${ratio.toFixed(2)}`);
    const figures = [Math.round(perSecond).toLocaleString('en-GB'), p50Ms.toFixed(2), p99Ms.toFixed(2)];
    return [`${piece}: ${name}`, String(callers), ...figures, beside.join(', ')];
  });
}

/** Names to the left, figures to the right. */
function padded(cell: string, width: number, column: number): string {
  return column === 0 || column === 5 ? cell.padEnd(width) : cell.padStart(width);
}

async function keep(results: readonly PieceResult[]): Promise<string> {
  const at = new Date().toISOString();
  const file = join(RESULTS, `${at.slice(0, 19).replaceAll(':', '')}.json`);
  const [cpu] = cpus();
  const machine = { cpus: cpus().length, cpu: cpu?.model ?? 'unknown', memoryBytes: totalmem(), node: process.version };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(file, `${JSON.stringify({ at, machine, results }, null, 1)}\n`);
  return file;
}
