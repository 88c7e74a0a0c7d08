import { createTestDatabase, type TestDatabase } from '#libs/testing';
import {
  CommandIdReused,
  openBranch,
  openLedger,
  PostgresLedgerReader,
  type BranchOpening,
  type StoredEvent,
} from './index.ts';
import { newLedger, warehouseWriters, type WarehouseWriters } from './trial/opened-warehouse.ts';
import { submissionOf } from './trial/submission.ts';
import type { WarehouseCommand } from './trial/warehouse.ts';

const OPEN: WarehouseCommand = { kind: 'open', capacityUnits: 10, budgetCents: 1_000 };
const reserve = (units: number): WarehouseCommand => ({ kind: 'reserve', aisle: '1', units, cents: 1 });

describe('a branch', () => {
  let database: TestDatabase;
  let reader: PostgresLedgerReader;
  let writers: WarehouseWriters;
  let others: WarehouseWriters;
  let parent: string;
  let branch: string;
  let branches = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    reader = new PostgresLedgerReader(database.pool('waybill_auditor'));
    writers = warehouseWriters(database.pool('waybill_writer'));
    others = warehouseWriters(database.pool('waybill_writer'));
  });
  beforeEach(async () => {
    parent = await newLedger(database.pool('waybill_writer'));
    branch = `what-if-${(branches += 1)}`;
  });
  afterAll(async () => {
    await Promise.all([writers.stop(), others.stop()]);
    await database.drop();
  });

  const opened = (position: number, more: Partial<BranchOpening> = {}) =>
    openBranch(database.pool('waybill_writer'), {
      branch,
      of: { ledger: parent, position },
      title: null,
      actor: 'a',
      commandId: branch,
      request: { branch, position },
      ...more,
    });
  const submit = async (to: string, command: WarehouseCommand, commandId?: string) =>
    (await writers.submit(submissionOf(to, command, commandId === undefined ? {} : { commandId }))).answer;
  const all = (ledger: string) => reader.read(ledger, { after: 0, limit: 1_000 });
  const told = (events: readonly StoredEvent[]) =>
    events.map(({ ledger, position, stream, version, type }) => [ledger, position, stream, version, type]);
  /** Every event, page by page: a page of a branch ends at the fork. */
  async function whole(ledger: string, limit = 1_000): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (;;) {
      const page = await reader.read(ledger, { after: events.length, limit });
      if (page.length === 0) return events;
      events.push(...page);
    }
  }

  it('stands where it forked, goes on from there, and knows nothing of what its parent does later', async () => {
    await submit(parent, OPEN);
    await submit(parent, reserve(4));
    await submit(parent, reserve(5));
    expect(await opened(2)).toEqual({ outcome: 'opened', replayed: false, headPosition: 3 });
    const [, forked] = await all(parent);
    expect(await reader.head(branch)).toEqual({ position: 2, recordedAtMs: forked?.recordedAtMs, isBranch: true });
    expect(await reader.ledger(branch)).toEqual({
      ...{ ledger: branch, clock: 'system', currency: 'USD', title: null },
      branchOf: { ledger: parent, position: 2 },
    });

    // Six are free here, one in the parent.
    expect(await submit(branch, reserve(6))).toEqual({
      outcome: 'accepted',
      position: 3,
      version: 2,
      events: [{ position: 3, type: 'SpaceReserved', stream: 'aisle/1', version: 2 }],
    });
    expect(await submit(parent, reserve(6))).toMatchObject({ code: 'CAPACITY_EXCEEDED', fields: { headroomUnits: 1 } });
    expect(await submit(branch, reserve(1))).toMatchObject({ code: 'CAPACITY_EXCEEDED', fields: { headroomUnits: 0 } });

    const inherited = told((await all(parent)).slice(0, 2)).map(([, ...rest]) => [branch, ...rest]);
    expect(told(await whole(branch))).toEqual([...inherited, [branch, 3, 'aisle/1', 2, 'SpaceReserved']]);
    expect(await whole(branch, 1)).toEqual(await whole(branch));
    expect(told(await whole(parent)).map(([, position]) => position)).toEqual([1, 2, 3]);
  });

  it('has streams that are the parent’s up to the fork', async () => {
    await submit(parent, OPEN);
    for (const units of [1, 2, 3]) await submit(parent, reserve(units));
    await opened(3);
    await submit(branch, reserve(4));
    const stream = (afterVersion: number, limit: number) =>
      reader.readStream(branch, 'aisle/1', { afterVersion, limit });
    expect(told(await stream(0, 9)).map(([, position, , version]) => [position, version])).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
    expect(told(await stream(1, 1)).map(([, position]) => position)).toEqual([3]);
    expect(told(await stream(2, 9)).map(([, position]) => position)).toEqual([4]);
  });

  it('decides a command id of its parent anew, and its own once', async () => {
    await submit(parent, OPEN);
    await submit(parent, reserve(3), 'same');
    await opened(1);
    const first = await submit(branch, reserve(3), 'same');
    expect(first).toMatchObject({ outcome: 'accepted', position: 2 });
    expect(await submit(branch, reserve(3), 'same')).toEqual(first);
    expect(await whole(branch)).toHaveLength(2);
  });

  it('is one serial book too: two writers race, and none overruns', async () => {
    await submit(parent, OPEN);
    await opened(1);
    const racing = Array.from({ length: 40 }, (_, n) =>
      (n % 2 === 0 ? writers : others).submit(submissionOf(branch, reserve(1))),
    );
    const outcomes = (await Promise.all(racing)).map(({ answer }) => answer.outcome);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(10);
    expect(told(await whole(branch)).map(([, position]) => position)).toEqual(Array.from({ length: 11 }, (_, n) => n + 1)); // prettier-ignore
  });

  it('resolves instants on both sides of the fork', async () => {
    await submit(parent, OPEN);
    await submit(parent, reserve(1));
    await opened(2);
    const [first, second] = await all(parent);
    expect(await reader.positionAt(branch, (first?.recordedAtMs ?? 0) - 1)).toBe(0);
    expect(await reader.positionAt(branch, second?.recordedAtMs ?? 0)).toBe(2);
    await submit(branch, reserve(1));
    const third = (await whole(branch)).at(-1);
    expect(third?.recordedAtMs).toBeGreaterThanOrEqual(second?.recordedAtMs ?? Infinity);
    expect(await reader.positionAt(branch, third?.recordedAtMs ?? 0)).toBe(3);
    expect(await reader.positionAt(branch, Date.now() + 3_600_000)).toBe(3);
  });

  it('may begin before the first event', async () => {
    await submit(parent, OPEN);
    await opened(0);
    expect(await reader.head(branch)).toEqual({ position: 0, recordedAtMs: 0, isBranch: true });
    expect(await submit(branch, OPEN)).toMatchObject({ outcome: 'accepted', position: 1 });
    expect(told(await whole(branch))).toEqual([[branch, 1, 'warehouse/W', 1, 'WarehouseOpened']]);
  });

  it('is opened once, of a ledger that has the position and is no branch', async () => {
    await submit(parent, OPEN);
    expect(await opened(2)).toMatchObject({ outcome: 'beyond_head', headPosition: 1 });
    expect(await opened(1, { of: { ledger: 'nowhere', position: 0 } })).toMatchObject({ outcome: 'unknown_parent' });
    expect(await opened(1)).toMatchObject({ outcome: 'opened', replayed: false });
    expect(await opened(1)).toMatchObject({ outcome: 'opened', replayed: true });
    await expect(opened(1, { request: { other: true } })).rejects.toThrow(CommandIdReused);
    expect(await opened(1, { commandId: 'another' })).toMatchObject({ outcome: 'exists' });
    expect(await opened(1, { branch: parent, commandId: 'another' })).toMatchObject({ outcome: 'exists' });
    const again = { branch: 'of-a-branch', of: { ledger: branch, position: 1 } };
    expect(await opened(1, again)).toMatchObject({ outcome: 'branch_of_branch' });
    const opening = { clock: 'system', currency: 'USD', title: null, actor: 'a', commandId: 'c', request: {} } as const;
    expect(await openLedger(database.pool('waybill_writer'), { ledger: branch, ...opening })).toMatchObject({ outcome: 'exists' }); // prettier-ignore
  });
});
