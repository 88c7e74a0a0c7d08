import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { TradingPlace } from './e2e/trading-place.fixture.spec.ts';

jest.setTimeout(400_000);

/** What clients hear while a server is away, and that nothing is lost or doubled. */
describe('a server that dies under load', () => {
  let trading: TradingPlace;

  beforeAll(async () => {
    trading = await TradingPlace.open();
  });

  afterAll(() => trading?.close());

  it('Kafka: no command notices, and the read models follow the ledger meanwhile', async () => {
    trading.trade(4);
    await sleep(1_000);
    kill('kafka.Kafka');
    await sleep(2_000);
    expect(await trading.rest()).toBe(0);
    const head = (await trading.client.events()).length;
    const { asOfPosition } = await trading.client.get<{ asOfPosition: number }>(
      `/v1/ledgers/trading/positions?minPosition=${head}`,
    );
    expect(asOfPosition).toBe(head);
    expect(await trading.violations()).toEqual([]);
    process.stdout.write(`Kafka killed: ${trading.seenSince(0)}\n`);
  });

  it('PostgreSQL: commands wait or say 503, and are answered once it is back', async () => {
    const before = trading.client.operations.length;
    trading.trade(8);
    await sleep(1_000);
    kill('/bin/postgres', '-D');
    await sleep(3_000);
    await trading.rest();
    trading.trade(4);
    await sleep(1_000);
    await trading.rest();
    expect(await trading.violations()).toEqual([]);
    process.stdout.write(`PostgreSQL killed: ${trading.seenSince(before)}\n`);
  });

  /** SIGKILL to the one process of this Waybill whose command line has all of `words`. */
  function kill(...words: readonly string[]): void {
    const lines = trading.running.processes().map((pid) => ({ pid, line: commandLine(pid) }));
    const [server] = lines.filter(
      ({ line }) => !line.startsWith('/bin/sh') && words.every((word) => line.includes(word)),
    );
    if (server === undefined) throw new Error(`no process with ${words.join(' ')}`);
    process.kill(server.pid, 'SIGKILL');
  }
});

/** Empty for a process that has ended since it was listed. */
function commandLine(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : '';
}
