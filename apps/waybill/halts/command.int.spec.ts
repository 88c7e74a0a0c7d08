import { Writable } from 'node:stream';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { openLedger } from '#libs/event-store';
import { readConfig } from '../config.ts';
import { runLag } from '../lag/command.ts';
import { runHalts } from './command.ts';

const LEDGER = 'stands-still';

describe('waybill lag and waybill halts', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
    const opening = { ledger: LEDGER, clock: 'system', currency: 'USD', title: null } as const;
    const command = { actor: 'someone', commandId: 'open', request: opening };
    await openLedger(database.pool('waybill_writer'), { ...opening, ...command });
  });
  afterEach(() => database.drop());

  it('find nothing where nothing is halted', async () => {
    expect(await said(runLag)).toEqual({
      exitCode: 0,
      text: `${LEDGER}: head 0, published 0\n  generation 1: position 0, 0 behind\n`,
    });
    expect(await said(runHalts, ['list'])).toEqual({
      exitCode: 0,
      text: 'nothing is halted, nothing was ever released\n',
    });
    const released = await said(runHalts, ['release'], { ledger: LEDGER, who: 'ops-7', why: 'to see' });
    expect(released).toEqual({ exitCode: 1, text: expect.stringMatching(/^NOT_HALTED: /) });
  });

  it('show what is halted in the read models and on the way to Kafka, and release the former on record', async () => {
    await halted();
    await database.pool('waybill_relay').query(
      `insert into relay.publications (topic, ledger, incarnation, position, epoch)
       values ('procurement.events.v1', $1, gen_random_uuid(), 0, 1)`,
      [LEDGER],
    );
    const lag = await said(runLag, [], { ledger: LEDGER });
    expect(lag.exitCode).toBe(1);
    expect(lag.text).toMatch(/FAIL: not published, INCARNATION_CHANGED\n.*FAIL: halted at 1 by LINE_UNKNOWN since /);
    const listed = await said(runHalts, ['list']);
    expect([listed.exitCode, listed.text.split('\n').length]).toEqual([1, 3]);
    const released = await said(runHalts, ['release'], { ledger: LEDGER, who: 'ops-7', why: 'mended', json: true });
    expect(JSON.parse(released.text)).toMatchObject({
      releases: [{ ledger: LEDGER, position: 1, code: 'LINE_UNKNOWN', who: 'ops-7', why: 'mended' }],
      wentOn: false,
    });
    expect((await said(runHalts, ['list'])).text).toContain('by ops-7: mended');
  }, 30_000);

  it('release what the relay halted, on record: it is to be published anew', async () => {
    const order = { ledger: LEDGER, who: 'ops-7', why: 'brought back', published: true };
    const untouched = await said(runHalts, ['release'], order);
    expect(untouched).toEqual({ exitCode: 1, text: expect.stringMatching(/^NOT_HALTED: /) });
    const relay = database.pool('waybill_relay');
    await relay.query(
      `insert into relay.publications (topic, ledger, incarnation, position, epoch)
       values ('procurement.events.v1', $1, gen_random_uuid(), 0, 1)`,
      [LEDGER],
    );
    const released = await said(runHalts, ['release'], order);
    expect(released).toEqual({ exitCode: 0, text: expect.stringContaining('released from INCARNATION_CHANGED') });
    const { rows } = await relay.query('select ledger, requested_by, reason, begun_at from relay.refills');
    expect(rows).toEqual([{ ledger: LEDGER, requested_by: 'ops-7', reason: 'brought back', begun_at: null }]);
    const again = await said(runHalts, ['release'], { ...order, json: true });
    expect(again.exitCode).toBe(1);
    expect(JSON.parse(again.text)).toMatchObject({ asked: false, text: expect.stringMatching(/^REFILL_UNDER_WAY: /) });
  }, 30_000);

  it('refuse a release without who and why, a ledger that is not there, and what is no action', async () => {
    for (const [run, positionals, values] of [
      [runHalts, ['release'], { ledger: LEDGER, who: 'ops-7' }],
      [runHalts, ['release'], { who: 'ops-7', why: 'mended' }],
      [runHalts, ['skip'], {}],
      [runLag, [], { ledger: 'nowhere' }],
    ] as const)
      await expect(said(run, positionals, values)).rejects.toMatchObject({ code: 'USAGE' });
  });

  async function halted(): Promise<void> {
    await database
      .pool('waybill_projector')
      .query(`insert into read.halts (generation, ledger, position, code) values (1, $1, 1, 'LINE_UNKNOWN')`, [LEDGER]);
  }

  async function said(
    run: typeof runLag,
    positionals: readonly string[] = [],
    values: Readonly<Record<string, string | boolean>> = {},
  ) {
    const text: string[] = [];
    const out = new Writable({ write: (chunk, _, done) => (text.push(String(chunk)), done()) });
    const releaser = values['published'] === true ? 'waybill_relay' : 'waybill_projector';
    const role = positionals[0] === 'release' ? releaser : 'waybill_auditor';
    const config = readConfig({ DATABASE_URL: database.url(role) });
    const exitCode = await run({ values, positionals }, { config, out, err: out });
    return { exitCode, text: text.join('') };
  }
});
