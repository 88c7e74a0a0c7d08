import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { openBranch, PostgresLedgerReader, type StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { comparedWithLedger, completenessOf } from './completeness/compare.ts';
import { FIRST_GENERATION } from './generation.ts';
import { diceOf } from './fixtures/dice.ts';
import { appendHistory, appendMore, storedEvents } from './fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from './fixtures/projection.ts';
import { randomHistory } from './fixtures/random-history.ts';
import { rebuilt, rowsOfGeneration } from './fixtures/rebuilding.ts';
import { projectionLags } from './lag.ts';
import { ProgressWatch } from './progress-watch.ts';
import { LedgerFollower } from './projection/ledger-follower.ts';

let database: TestDatabase;
let ledgers = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A ledger with `events`, and a branch of it after `position` in which `more` happened. */
async function forked(events: readonly StoredEvent[], position: number, more: readonly StoredEvent[]): Promise<Id> {
  const [{ ledger } = { ledger: '' }] = events;
  const branch = `${ledger}-what-if`;
  await appendHistory(database, ledger, events);
  await openBranch(database.pool('waybill_writer'), {
    ...{ branch, of: { ledger, position }, title: null, actor: 'a-person', commandId: branch, request: {} },
  });
  await appendMore(database, more.map((event) => ({ ...event, ledger: branch }))); // prettier-ignore
  return branch;
}

/** Of random histories that agree up to a position: what happened, and what happens in the branch instead. */
function historiesOf(seed: number) {
  const dice = diceOf(seed);
  const name = `forked-${(ledgers += 1)}`;
  const wanted = storedEvents(name, randomHistory(dice, 60));
  const position = dice(wanted.length + 1);
  const shared = wanted.slice(0, position);
  const instead = storedEvents(name, randomHistory(diceOf(seed + 1), 60)).slice(0, dice(60));
  const streams = new Map(shared.map(({ stream, version }) => [stream, version]));
  const happened = instead.map((event, index) => {
    const version = (streams.get(`other-${event.stream}`) ?? 0) + 1;
    streams.set(`other-${event.stream}`, version);
    return { ...event, stream: `other-${event.stream}`, version, position: position + index + 1 };
  });
  return { name, wanted, position, happened: [...shared, ...happened] };
}

async function rowsOf(ledger: Id): Promise<string> {
  const rows = await rowsOfGeneration(database, ledger, FIRST_GENERATION);
  return JSON.stringify(rows).replaceAll(`\\"${ledger}\\"`, '\\"the ledger\\"');
}

describe('the read models of a branch', () => {
  it('are those of a ledger to which the same happened, whatever its parent does', async () => {
    let own = 0;
    const run = fc.asyncProperty(fc.integer(), async (seed) => {
      const { name, wanted, position, happened } = historiesOf(seed);
      const plain = `${name}-plain`;
      await appendHistory(database, plain, wanted.map((event) => ({ ...event, ledger: plain }))); // prettier-ignore
      const branch = await forked(happened, position, wanted.slice(position));
      own += wanted.length - position;
      for (const ledger of [plain, branch, name]) await projectorOf(database, { batchSize: 17 }).catchUp(ledger);
      expect(await rowsOf(branch)).toBe(await rowsOf(plain));
      expect(await verificationOf(database, branch)).toEqual({ position: wanted.length, differences: [] });
      const auditor = database.pool('waybill_auditor');
      expect(await completenessOf(auditor, branch)).toMatchObject({ code: null, ledgerEvents: wanted.length });
    });
    await fc.assert(run, { numRuns: 10, endOnFailure: true });
    expect(own).toBeGreaterThan(50);
  }, 60_000);

  it('are compared with the events of both: one that the parent does not have is found', async () => {
    const { name, wanted, position, happened } = historiesOf(3);
    const branch = await forked(happened, position, wanted.slice(position));
    await projectorOf(database).catchUp(name);
    const parents = await completenessOf(database.pool('waybill_auditor'), name);
    const checkpoint = { position: wanted.length, digest: Buffer.from(parents.digests.read, 'hex') };
    expect(await comparedWithLedger(database.pool('waybill_auditor'), branch, checkpoint)).toMatchObject({
      code: 'READ_MODEL_INCOMPLETE',
      ledgerEvents: wanted.length,
    });
  });

  it('can be built anew', async () => {
    const { wanted, position, happened } = historiesOf(5);
    const branch = await forked(happened, position, wanted.slice(position));
    await projectorOf(database).catchUp(branch);
    const before = await rowsOf(branch);
    const report = await rebuilt(database, branch);
    expect(report).toMatchObject({ position: wanted.length });
    const after = JSON.stringify(await rowsOfGeneration(database, branch, FIRST_GENERATION + 1));
    expect(after.replaceAll(`\\"${branch}\\"`, '\\"the ledger\\"')).toBe(before);
  });

  it('are fed from the ledger at once, however patient the follower is with what the topic brings', async () => {
    const { wanted, position, happened } = historiesOf(7);
    const branch = await forked(happened, position, wanted.slice(position));
    const reader = new PostgresLedgerReader(database.pool('waybill_projector'));
    const caught: Id[] = [];
    const observer = { caughtUp: (ledger: Id) => void caught.push(ledger) };
    const parts = { projector: projectorOf(database), reader, patienceMs: 60_000, pollMs: 10, observer };
    const follower = new LedgerFollower(parts);
    follower.start();
    const watch = new ProgressWatch(database.pool('waybill_query'));
    expect(await watch.waitForPosition(branch, wanted.length, 10_000)).toBe(wanted.length);
    await sleep(50);
    await follower.stop();
    // Nothing was lost that a topic should have brought.
    expect(caught).toEqual([]);
    const [lag] = await projectionLags(database.pool('waybill_auditor'), [branch]);
    expect(lag).toMatchObject({ head: wanted.length, position: wanted.length, lagPositions: 0 });
  });

  it('are as late as the fork before anything was read', async () => {
    const { position, happened } = historiesOf(11);
    const branch = await forked(happened, position, []);
    const [lag] = await projectionLags(database.pool('waybill_auditor'), [branch]);
    expect(lag).toMatchObject({ head: position, position: 0, lagPositions: position });
  });
});
