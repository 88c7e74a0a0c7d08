import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Findings } from './measuring/findings.ts';
import { inMarkdown, onScreen, type PieceResult } from './measuring/tables.ts';

/**
 * Runs the benchmarks one after another, each in a process of its own, prints what was measured and the figures beside
 * their aims, and writes all of it to `.waybill/bench/DATE.json`.
 *
 *   --only NAME[,NAME]   these alone
 *   --events N           length of the long ledger; 1,000,000 unless told
 *   --markdown           the tables as Markdown, for docs/benchmarks.md
 *
 * A piece takes the JSON file to write as its argument, and finds servers and sizes in the environment.
 */
const PIECES = ['append', 'http', 'processes', 'kafka', 'rebuild', 'visible', 'reports', 'scale'] as const;
const RESULTS = resolve('.waybill/bench');
const OPTIONS = {
  only: { type: 'string' },
  events: { type: 'string', default: '1000000' },
  markdown: { type: 'boolean', default: false },
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const wanted = [...positionals, ...(values.only?.split(',') ?? [])];
  const unknown = wanted.filter((name) => !PIECES.some((piece) => piece === name));
  if (unknown.length > 0 || !/^[1-9]\d{3,7}$/.test(values.events)) {
    console.error(`benchmarks: ${PIECES.join(', ')}; --events from 1000 to 99999999`);
    return 2;
  }
  const results: PieceResult[] = [];
  for (const piece of PIECES) {
    if (wanted.length === 0 || wanted.includes(piece)) results.push(await runPiece(piece, values.events));
  }
  console.log(`\n${values.markdown ? inMarkdown(results) : onScreen(results)}\n`);
  console.log(`Written to ${await keep(results, Number(values.events))}`);
  return results.every(({ exitCode }) => exitCode === 0) ? 0 : 1;
}

async function runPiece(piece: string, events: string): Promise<PieceResult> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const file = join(folder, 'result.json');
  const startedMs = performance.now();
  console.error(`\n${piece}`);
  try {
    const exitCode = await exitOf(join(import.meta.dirname, piece, 'main.js'), file, events);
    const findings = exitCode === 0 ? (JSON.parse(await readFile(file, 'utf8')) as Findings) : null;
    return { piece, exitCode, elapsedMs: Math.round(performance.now() - startedMs), findings };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function exitOf(script: string, resultFile: string, events: string): Promise<number | null> {
  return new Promise((ended, fail) => {
    const env = { ...process.env, WAYBILL_BENCH_EVENTS: events };
    const child = spawn(process.execPath, [script, resultFile], { stdio: ['ignore', 'inherit', 'inherit'], env });
    child.once('error', fail);
    child.once('exit', ended);
  });
}

async function keep(results: readonly PieceResult[], events: number): Promise<string> {
  const at = new Date().toISOString();
  const file = join(RESULTS, `${at.slice(0, 19).replaceAll(':', '')}.json`);
  const [cpu] = cpus();
  const machine = { cpus: cpus().length, cpu: cpu?.model ?? 'unknown', memoryBytes: totalmem(), node: process.version };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(file, `${JSON.stringify({ at, machine, events, results }, null, 1)}\n`);
  return file;
}
