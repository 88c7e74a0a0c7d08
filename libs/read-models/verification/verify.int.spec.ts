import { createTestDatabase, type TestDatabase } from '#libs/testing';
import pg from 'pg';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, storedEvents } from '../fixtures/ledger-pages.ts';
import { plainHistory } from '../fixtures/plain-history.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { STORY_EVENTS } from '../fixtures/redirected-h100s.ts';

const LEDGER = 'verified';
const EVENTS = [...STORY_EVENTS, ...plainHistory(diceOf(1), 4_100)];

let database: TestDatabase;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await appendHistory(database, LEDGER, storedEvents(LEDGER, EVENTS));
  await projectorOf(database).catchUp(LEDGER);
  superuser = new pg.Client({ connectionString: database.ownerUrl });
  await superuser.connect();
}, 60_000);
afterAll(async () => {
  await superuser.end();
  await database.drop();
});

/** What is found while `statement` holds. */
async function foundAfter(statement: string): Promise<readonly string[]> {
  const undo = await kept();
  try {
    expect((await superuser.query(statement)).rowCount).toBeGreaterThan(0);
    const { differences } = await verificationOf(database, LEDGER);
    return differences.map(({ table, key }) => `${table} ${key}`);
  } finally {
    for (const each of undo) await superuser.query(each);
  }
}

/** Copies of the tables, and how to put them back. */
async function kept(): Promise<readonly string[]> {
  const tables = [
    'checkpoints',
    'position_contributions',
    'position_blocks',
    'delivery_versions',
    'delivery_contributions',
  ];
  for (const table of tables) await superuser.query(`create temporary table kept_${table} as table read.${table}`);
  return tables.flatMap((table) => [
    `delete from read.${table}`,
    `insert into read.${table} table kept_${table}`,
    `drop table kept_${table}`,
  ]);
}

describe('the comparison with a fold of the ledger', () => {
  it('finds nothing in what was projected', async () => {
    expect(await verificationOf(database, LEDGER)).toEqual({ position: EVENTS.length, differences: [] });
  });

  it.each([
    [
      'a changed quantity',
      'update read.position_contributions set quantity = quantity + 1 where position = 1 and seq = 1',
      ['position_contributions 1 1'],
    ],
    [
      'a lost row',
      `delete from read.delivery_versions where position = 4`,
      ['delivery_versions 4 PO-X1/J 2023-09-20 false'],
    ],
    [
      'a row too many',
      `insert into read.delivery_contributions select generation, ledger, position, 99, line_id, measure, effective_on, amount, audience
       from read.delivery_contributions where position = 2`,
      ['delivery_contributions 2 99'],
    ],
    [
      'a row of an event that was not read',
      `insert into read.position_contributions select generation, ledger, 999999, seq, company_id, sku_id, site_id, bucket,
         counterparty_id, quantity, effective_on, frontier_on from read.position_contributions where position = 1 and seq = 0`,
      ['position_contributions 999999 0'],
    ],
    [
      'an attribute of a line',
      `update read.delivery_versions set expected_on = expected_on + 1 where position = 5 and line_id = 'PO-T1/T1/SH-1'`,
      ['delivery_versions 5 PO-T1/T1/SH-1 2023-12-05 false'],
    ],
    [
      'who may see a line',
      `update read.delivery_versions set audience = audience || array['XAI'] where position = 5 and line_id = 'PO-T1/T1/SH-1'`,
      ['delivery_versions 5 PO-T1/T1/SH-1 2023-12-05 false'],
    ],
    [
      'the sums of a block',
      `update read.position_blocks set quantity = 0 where site_id = 'PALO' and bucket = 'accepted'`,
      ['position_blocks 1 TESLA H100 PALO accepted - -'],
    ],
    ['what was read', `update read.checkpoints set digest = sha256(digest)`, [`checkpoints ${LEDGER}`]],
  ])('names %s', async (_, statement, found) => {
    expect(await foundAfter(statement)).toEqual(found);
  });

  it('names a checkpoint beyond the ledger', async () => {
    const found = await foundAfter('update read.checkpoints set position = position + 1');
    expect(found).toEqual([`checkpoints ${LEDGER}`]);
  });
});
