import { jest } from '@jest/globals';
import { mkdtemp, rm, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roleUrl } from '#libs/event-store';
import { startThrowAwayServers, type ThrowAwayServers } from '#libs/local-servers';
import { TradingClient } from '#libs/testing';
import { WaybillClient } from './api/waybill-client.ts';
import { waybillWith, type Said } from './e2e/command-line.fixture.spec.ts';
import { RunningWaybill, waybillPlace } from './e2e/running-waybill.fixture.spec.ts';
import { TradingPlace } from './e2e/trading-place.fixture.spec.ts';

jest.setTimeout(300_000);

const LEDGER = 'trading';
const REASON = ['--who', 'an operator', '--why', 'moved to another place'];

describe('a ledger that is traded on', () => {
  let trading: TradingPlace;
  let servers: ThrowAwayServers;
  let place: Awaited<ReturnType<typeof waybillPlace>>;
  let folder: string;
  let file: string;
  let running: RunningWaybill | null = null;
  let head = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-copy-'));
    file = join(folder, 'trading.ndjson.gz');
    [trading, servers, place] = await Promise.all([
      TradingPlace.open(),
      startThrowAwayServers({ postgres: true, kafka: false }),
      waybillPlace(),
    ]);
  });

  afterAll(async () => {
    await running?.dispose();
    await trading?.close();
    await servers?.stop();
    await place?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('is exported meanwhile', async () => {
    trading.trade(4);
    await new Promise((wake) => setTimeout(wake, 3_000));
    const { exitCode, stdout } = await here('export', '--ledger', LEDGER, '--to', file, '--with-names', '--json');
    const after = await eventsOf(trading.running.url);
    await trading.rest();
    expect(exitCode).toBe(0);
    const exported = JSON.parse(stdout) as {
      readonly head: number;
      readonly events: number;
      readonly commands: number;
    };
    ({ head } = exported);
    expect(exported.events).toBe(head);
    expect(head).toBeGreaterThan(100);
    expect(after.length).toBeGreaterThan(head);
  });

  it('is refused half, or into no database, or over another file', async () => {
    const half = join(folder, 'half.gz');
    const bytes = await readFile(file);
    await writeFile(half, bytes.subarray(0, bytes.length - 100));
    expect(await there('migrate')).toMatchObject({ exitCode: 0 });
    expect(await there('restore', half, ...REASON)).toMatchObject({
      ...{ exitCode: 1, stdout: '', stderr: expect.stringContaining('waybill: EXPORT_TRUNCATED: line ') },
    });
    expect(await there('restore', file)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--who and --why'),
    });
    expect(await there('verify-copy', join(folder, 'none'))).toMatchObject({ exitCode: 2 });
    expect(await here('export', '--ledger', LEDGER, '--to', file)).toMatchObject({
      ...{ exitCode: 2, stderr: expect.stringContaining('EXPORT_EXISTS') },
    });
  });

  it('is restored into another database, once, and equal to the byte', async () => {
    expect(await there('restore', file, ...REASON)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await there('restore', file, ...REASON)).toMatchObject({
      ...{ exitCode: 2, stderr: expect.stringContaining('LEDGER_EXISTS') },
    });
    const equal = {
      exitCode: 0,
      stdout: expect.stringMatching(new RegExp(`^${head} events and \\d+ commands are equal`)),
    };
    expect(await there('verify-copy', file)).toMatchObject(equal);
    expect(await here('verify-copy', file)).toMatchObject(equal);
  });

  it('has the same reports there as it had here at that head', async () => {
    running = await RunningWaybill.start({ ...place, databaseUrl: ownerUrl() });
    for (const report of ['positions', 'positions?by=site', 'delivery-schedule']) {
      const path = `/v1/ledgers/${LEDGER}/${report}${report.includes('?') ? '&' : '?'}asOf=${head}`;
      expect(await reportOf(url(), path)).toEqual(await reportOf(trading.running.url, path));
    }
    expect(await eventsOf(url())).toEqual((await eventsOf(trading.running.url)).slice(0, head));
  });

  it('answers a command sent before as it did here', async () => {
    const operations = trading.client.operations.filter(
      ({ heard, path }) => heard?.outcome !== 'unknown' && path.includes('/orders'),
    );
    for (const { commandId, actor, path, body } of [
      ...operations.slice(0, 5),
      ...operations.filter(({ heard }) => heard?.outcome === 'rejected').slice(0, 1),
    ]) {
      const [first, again] = [await sent(trading.running.url), await sent(url())];
      expect(again).toEqual(first);
      expect(again.replayed).toBe('true');

      async function sent(baseUrl: string) {
        const response = await fetch(baseUrl + path, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await tokenOf(baseUrl, actor)}`,
            'content-type': 'application/json',
            'idempotency-key': commandId,
          },
          body: JSON.stringify(body),
        });
        const replayed = response.headers.get('idempotency-replayed');
        const { traceId: _ofThisRequest, ...answer } = (await response.json()) as Record<string, unknown>;
        return { status: response.status, replayed, answer };
      }
    }
  });

  it('goes on there, and its read models are a fold of it', async () => {
    const client = new TradingClient(url, LEDGER);
    await client.trade(AbortSignal.timeout(2_000), 2);
    await client.settle();
    expect((await eventsOf(url())).length).toBeGreaterThan(head);
    const doctor = await waybillWith(
      { DATABASE_URL: roleUrl(ownerUrl(), 'waybill_auditor') },
      ...['doctor', '--ledger', LEDGER],
    );
    expect(doctor).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('0 differences') });
  });

  const ownerUrl = () => servers.postgres?.ownerUrl ?? '';
  const url = () => running?.url ?? '';
  const here = (...args: readonly string[]): Promise<Said> =>
    waybillWith({ WAYBILL_DATA: trading.place.dataFolder }, ...args);
  const there = (...args: readonly string[]): Promise<Said> => waybillWith({ DATABASE_URL: ownerUrl() }, ...args);
});

function reportOf(baseUrl: string, path: string): Promise<unknown> {
  return new WaybillClient({ url: baseUrl }).get('auditor', path);
}

function eventsOf(baseUrl: string): Promise<readonly unknown[]> {
  return new TradingClient(() => baseUrl, LEDGER).events();
}

async function tokenOf(baseUrl: string, actor: string): Promise<string> {
  const response = await fetch(`${baseUrl}/demo/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ actor }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
