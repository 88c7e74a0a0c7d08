import { jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { roleUrl } from '#libs/event-store';
import { startThrowAwayServers, type ThrowAwayServers } from '#libs/local-servers';
import { waybillWith, type Said } from '../e2e/command-line.fixture.spec.ts';
import { MAIN, PROJECT } from '../e2e/running-waybill.fixture.spec.ts';

jest.setTimeout(180_000);

const LEDGER = 'long';
const EVENTS = 150_000;

describe('an export that is killed', () => {
  let servers: ThrowAwayServers;
  let folder: string;

  beforeAll(async () => {
    servers = await startThrowAwayServers({ postgres: true, kafka: false });
    folder = await mkdtemp(join(tmpdir(), 'waybill-resumes-'));
    expect(await waybillWith({ DATABASE_URL: ownerUrl() }, 'migrate')).toMatchObject({ exitCode: 0 });
    await longLedger(ownerUrl());
  });

  afterAll(async () => {
    await servers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is gone on with by the next, to the same file as one that nobody killed', async () => {
    const file = join(folder, 'killed.ndjson.gz');
    const whole = join(folder, 'whole.ndjson.gz');
    const kills = [await killedAfter(3, file), await killedAfter(8, file)];
    expect(kills).toEqual(['SIGKILL', 'SIGKILL']);
    expect((await readdir(folder)).toSorted()).toEqual(['killed.ndjson.gz.part', 'killed.ndjson.gz.part.pages']);
    const { resumedAfter, ...exported } = reportOf(await exportTo(file));
    expect(resumedAfter).toBeGreaterThanOrEqual(80_000);
    expect(resumedAfter).toBeLessThan(EVENTS);
    expect(exported).toMatchObject({ head: EVENTS, events: EVENTS, commands: 0 });
    expect(reportOf(await exportTo(whole))).toMatchObject({ resumedAfter: 0, events: EVENTS });
    expect(await linesOf(file)).toEqual(await linesOf(whole));
    expect(await waybillWith({ DATABASE_URL: auditorUrl() }, 'verify-copy', file)).toMatchObject({ exitCode: 0 });
    expect((await readdir(folder)).toSorted()).toEqual(['killed.ndjson.gz', 'whole.ndjson.gz']);
  });

  const ownerUrl = () => servers.postgres?.ownerUrl ?? '';
  const auditorUrl = () => roleUrl(ownerUrl(), 'waybill_auditor');
  const args = (file: string) => ['export', '--ledger', LEDGER, '--to', file, '--json'];
  const exportTo = (file: string): Promise<Said> => waybillWith({ DATABASE_URL: auditorUrl() }, ...args(file));

  /** Kills an export as soon as `pages` pages of it are written; answers what ended it. */
  async function killedAfter(pages: number, file: string): Promise<NodeJS.Signals | null> {
    const child = spawn(process.execPath, [MAIN, ...args(file)], {
      cwd: PROJECT,
      env: { ...process.env, DATABASE_URL: auditorUrl() },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    while (isRunning(child) && (await pagesWritten(file)) < pages) await sleep(2);
    child.kill('SIGKILL');
    const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    return signal;
  }
});

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

async function pagesWritten(file: string): Promise<number> {
  try {
    return (await readFile(`${file}.part.pages`, 'utf8')).split('\n').length - 1;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return 0;
  }
}

function reportOf({ exitCode, stdout, stderr }: Said): Readonly<Record<string, unknown>> {
  if (exitCode !== 0) throw new Error(`export ended with ${exitCode}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Those of an export, without the instant at which it began and the digest that covers it. */
async function linesOf(file: string): Promise<readonly string[]> {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .split('\n');
  return lines.map((line) => line.replace(/"exportedAtMs":\d+/, '').replace(/^(\{"kind":"end",.*)"sha256":.*$/, '$1'));
}

/** Events that nobody decided: an export does not look into them. */
async function longLedger(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `insert into ledger.ledgers (ledger, clock, currency, opened_at_ms, opened_by, opened_command_id, opened_request, opened_request_hash)
       values ($1, 'system', 'USD', 1, 'someone', 'open', '{}', sha256('{}'))`,
      [LEDGER],
    );
    await client.query(
      `insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
       select $1, n, 'note/1', n, 'Noted', '2026-01-01', n, convert_to(json_build_object('say', md5(n::text))::text, 'UTF8')
         from generate_series(1, $2::bigint) as n`,
      [LEDGER, EVENTS],
    );
  } finally {
    await client.end();
  }
}
