import { DomainError } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { createHash } from 'node:crypto';
import { CommandFailed, CommandIdReused, CommandInProgress, LedgerUnknown, RecordedOnRefused } from '../errors.ts';
import { PostgresLedgerReader } from '../reader.ts';
import { newLedger, warehouseWriters, type WarehouseWriters } from '../trial/opened-warehouse.ts';
import { submissionOf } from '../trial/submission.ts';
import type { WarehouseCommand } from '../trial/warehouse.ts';

const OPEN: WarehouseCommand = { kind: 'open', capacityUnits: 10, budgetCents: 1_000 };
const reserve = (units: number, aisle = '1'): WarehouseCommand => ({ kind: 'reserve', aisle, units, cents: 1 });
const note = (data: object, stream = 'note/1'): WarehouseCommand => ({ kind: 'note', stream, data });

describe('the writers of ledgers', () => {
  let database: TestDatabase;
  let writers: WarehouseWriters;
  let others: WarehouseWriters;
  let reader: PostgresLedgerReader;
  let ledger: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    reader = new PostgresLedgerReader(database.pool('waybill_auditor'));
  });
  beforeEach(async () => {
    writers = warehouseWriters(database.pool('waybill_writer'));
    others = warehouseWriters(database.pool('waybill_writer'));
    ledger = await newLedger(database.pool('waybill_writer'));
  });
  afterEach(() => Promise.all([writers.stop(), others.stop()]));
  afterAll(() => database.drop());

  const submit = (command: WarehouseCommand, more: Parameters<typeof submissionOf>[2] = {}) =>
    writers.submit(submissionOf(ledger, command, more));
  const all = () => reader.read(ledger, { after: 0, limit: 1_000 });

  describe('decide and append', () => {
    it('an accepted command: its events, at the next positions', async () => {
      await submit(OPEN);
      const result = await submit(reserve(4));
      expect(result).toEqual({
        answer: {
          outcome: 'accepted',
          position: 2,
          version: 1,
          events: [{ position: 2, type: 'SpaceReserved', stream: 'aisle/1', version: 1 }],
        },
        replayed: false,
      });
    });

    it('a broken rule: nothing but an entry in the command log', async () => {
      await submit(OPEN);
      const { answer } = await submit(reserve(11));
      expect(answer).toEqual({ outcome: 'rejected', code: 'CAPACITY_EXCEEDED', fields: { headroomUnits: 10 } });
      expect(await all()).toHaveLength(1);
      expect(await loggedOutcomes()).toEqual(['accepted', 'rejected']);
    });

    it('a command outside the scope of its actor, refused on the state at the head', async () => {
      const scope = () => {
        throw new DomainError('ORDER_UNKNOWN', { orderId: 'PO-1' });
      };
      const { answer } = await submit(OPEN, { scope });
      expect(answer).toEqual({ outcome: 'rejected', code: 'ORDER_UNKNOWN', fields: { orderId: 'PO-1' } });
      expect(await all()).toEqual([]);
    });

    it('a command with nothing to do: accepted at the head', async () => {
      await submit(OPEN);
      const { answer } = await submit({ kind: 'nothing' });
      expect(answer).toEqual({ outcome: 'accepted', position: 1, version: 0, events: [] });
    });

    it('what waits together as one batch, each command on the state that the earlier ones leave', async () => {
      await submit(OPEN);
      const before = writers.statistics().batches;
      const results = await Promise.all([4, 4, 4, 2].map((units) => submit(reserve(units))));
      expect(results.map(({ answer }) => answer.outcome)).toEqual(['accepted', 'accepted', 'rejected', 'accepted']);
      expect(writers.statistics().batches - before).toBe(1);
      expect((await all()).map(({ position, version }) => [position, version])).toEqual([[1, 1], [2, 1], [3, 2], [4, 3]]); // prettier-ignore
    });

    it('splits what is larger than a batch may be', async () => {
      const small = warehouseWriters(database.pool('waybill_writer'), {
        limits: { batchCharacters: 2_000, batchCommands: 7 },
      });
      const sent = Array.from({ length: 20 }, (_, n) =>
        small.submit(submissionOf(ledger, note({ text: 'x'.repeat(400), n }))),
      );
      await Promise.all(sent);
      expect((await all()).map(({ body }) => numberIn(body))).toEqual([...Array(20).keys()]);
      expect(small.statistics().batches).toBeGreaterThanOrEqual(7);
    });

    it('goes on after a restart from the state that the ledger tells', async () => {
      await submit(OPEN);
      await submit(reserve(7));
      const { answer } = await others.submit(submissionOf(ledger, reserve(4)));
      expect(answer).toEqual({ outcome: 'rejected', code: 'CAPACITY_EXCEEDED', fields: { headroomUnits: 3 } });
    });
  });

  describe('the bytes', () => {
    it('are those that were decided', async () => {
      const data = { größe: 'Ω 🚚 \u2028 \u0000 "\\', most: 2 ** 53 - 1, tiny: 1e-7, huge: 1e21, z: [], a: {} };
      await submit(note(data), {
        reason: 'naïve',
        evidence: [{ uri: 'doc:1', sha256: 'ab' }],
        effectiveAt: '2024-02-29',
      });
      const [event] = await all();
      const text = event?.body.toString() ?? '';
      expect(text).toContain(
        '"data":{"a":{},"größe":"Ω 🚚 \u2028 \\u0000 \\"\\\\","huge":1e+21,"most":9007199254740991,"tiny":1e-7,"z":[]}',
      );
      expect(JSON.parse(text)).toMatchObject({
        data,
        effectiveAt: '2024-02-29',
        stream: 'note/1',
        type: 'Noted',
        version: 1,
      });
      expect(event).toMatchObject({
        ledger,
        position: 1,
        stream: 'note/1',
        version: 1,
        type: 'Noted',
        effectiveAt: '2024-02-29',
      });
    });

    it('of the request are logged with their hash', async () => {
      await submit(note({}), { request: { b: 1, a: '🚚' } });
      const { rows } = await database
        .pool('waybill_auditor')
        .query<{ request: Buffer; request_hash: Buffer }>(
          'select request, request_hash from ledger.commands where ledger = $1',
          [ledger],
        );
      expect(rows[0]?.request.toString()).toBe('{"a":"🚚","b":1}');
      expect(rows[0]?.request_hash).toEqual(createHash('sha256').update('{"a":"🚚","b":1}').digest());
    });
  });

  describe('a command id', () => {
    it('sent again gets the answer of the first time, accepted or rejected', async () => {
      await submit(OPEN);
      for (const [commandId, units] of [
        ['a', 6],
        ['b', 6],
      ] as const) {
        // prettier-ignore
        const first = await submit(reserve(units), { commandId });
        expect(await submit(reserve(units), { commandId })).toEqual({ ...first, replayed: true });
        expect(await others.submit(submissionOf(ledger, reserve(units), { commandId }))).toEqual({
          ...first,
          replayed: true,
        });
      }
      expect(await all()).toHaveLength(2);
    });

    it('is refused with another request, and free for another actor', async () => {
      await submit(OPEN);
      await submit(reserve(1), { commandId: 'a' });
      await expect(submit(reserve(2), { commandId: 'a' })).rejects.toEqual(new CommandIdReused('a'));
      expect((await submit(reserve(2), { commandId: 'a', actor: 'another' })).replayed).toBe(false);
    });

    it('is refused while it is being decided', async () => {
      const first = submit(OPEN, { commandId: 'a' });
      await expect(submit(OPEN, { commandId: 'a' })).rejects.toEqual(new CommandInProgress('a'));
      expect((await first).replayed).toBe(false);
    });

    it('sent to two processes at once is decided by one', async () => {
      await Promise.all([submit(note({})), others.submit(submissionOf(ledger, note({})))]);
      const twice = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          [writers, others].map((each) => each.submit(submissionOf(ledger, note({}), { commandId: `c${n}` }))),
        ).flat(),
      );
      expect(twice.filter(({ replayed }) => replayed)).toHaveLength(50);
      expect(await all()).toHaveLength(52);
    });
  });

  describe('two writers', () => {
    it('decide again on what they missed: no rule is broken, no command lost', async () => {
      await others.submit(submissionOf(ledger, { kind: 'nothing' }));
      await submit(OPEN);
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          (n % 2 ? writers : others).submit(submissionOf(ledger, reserve(1, String(n % 2)))),
        ),
      );
      expect(results.filter(({ answer }) => answer.outcome === 'accepted')).toHaveLength(10);
      expect(await all()).toHaveLength(11);
      expect(writers.statistics().conflicts + others.statistics().conflicts).toBeGreaterThan(0);
    });

    it('check rejections against the head too', async () => {
      await submit(OPEN);
      expect((await others.submit(submissionOf(ledger, reserve(10)))).answer.outcome).toBe('accepted');
      await submit({ kind: 'open', capacityUnits: 20, budgetCents: 1_000 });
      // The other writer still sees a full warehouse: without the check it would refuse.
      expect((await others.submit(submissionOf(ledger, reserve(5)))).answer.outcome).toBe('accepted');
    });

    it('that miss more than one answer holds read the rest', async () => {
      await others.submit(submissionOf(ledger, note({})));
      await Promise.all(Array.from({ length: 2_500 }, () => submit(note({}))));
      const { answer } = await others.submit(submissionOf(ledger, note({})));
      expect(answer).toMatchObject({ position: 2_502 });
      expect(others.statistics().conflicts).toBe(1);
    });
  });

  describe('a command that cannot be decided or stored', () => {
    it('fails alone when a rule has a defect', async () => {
      const results = await Promise.allSettled([submit(note({})), submit({ kind: 'explode' }), submit(note({}))]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(CommandFailed);
    });

    it('gets its answer of an earlier time, when the rule had no defect yet', async () => {
      await submit(note({}), { commandId: 'a', request: { same: 1 } });
      expect((await submit({ kind: 'explode' }, { commandId: 'a', request: { same: 1 } })).replayed).toBe(true);
    });

    it('fails alone when it has no JSON', async () => {
      const results = await Promise.allSettled([
        submit(note({})),
        submit(note({ n: NaN }), { request: {} }),
        submit(note({})),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });

    it.each([0, 3, 8])('fails alone when PostgreSQL refuses it, at place %i of 9', async (place) => {
      const commands = Array.from({ length: 9 }, (_, n) => (n === place ? note({}, 'note/\u0000') : note({ n })));
      const results = await Promise.allSettled(commands.map((command) => submit(command)));
      expect(results.map(({ status }) => status)).toEqual(
        commands.map((_, n) => (n === place ? 'rejected' : 'fulfilled')),
      );
      expect((results[place] as PromiseRejectedResult).reason).toMatchObject({
        code: 'COMMAND_FAILED',
        retriable: false,
      });
      expect((await all()).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });

  it('know no ledger that was not opened, and take it once it is', async () => {
    await expect(writers.submit(submissionOf('no-such', OPEN))).rejects.toEqual(new LedgerUnknown('no-such'));
    expect(writers.statistics().ledgers).toBe(0);
  });

  it("refuse recordedOn where the clock is the system's", async () => {
    await expect(submit(OPEN, { recordedOn: '2024-01-01' })).rejects.toEqual(new RecordedOnRefused());
  });

  it('answer all they took before they stop, and take no more', async () => {
    const sent = Array.from({ length: 600 }, () => submit(note({})));
    await writers.stop();
    expect(await all().then((events) => events.length)).toBe(600);
    await Promise.all(sent);
    await expect(submit(OPEN)).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
      cause: { code: 'WRITERS_STOPPED' },
    });
  });

  it('turn commands away when too many wait', async () => {
    const small = warehouseWriters(database.pool('waybill_writer'), { limits: { waitingCommands: 2 } });
    const results = await Promise.allSettled([1, 2, 3].map(() => small.submit(submissionOf(ledger, note({})))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((results[2] as PromiseRejectedResult).reason).toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
      cause: { code: 'QUEUE_FULL' },
    });
  });

  function numberIn(body: Buffer): number {
    return (JSON.parse(body.toString()) as { data: { n: number } }).data.n;
  }

  async function loggedOutcomes(): Promise<string[]> {
    const { rows } = await database
      .pool('waybill_auditor')
      .query('select outcome from ledger.commands where ledger = $1 order by decided_on', [ledger]);
    return rows.map(({ outcome }) => outcome as string);
  }
});
