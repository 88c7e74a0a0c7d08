import { createTestDatabase, type TestDatabase } from '#libs/testing';
import type pg from 'pg';
import { deliveryScheduleReport } from './delivery-schedule/report.ts';
import { appendHistory, storedEvents } from './fixtures/ledger-pages.ts';
import { projectorOf } from './fixtures/projection.ts';
import { diceOf } from './fixtures/dice.ts';
import { plainHistory } from './fixtures/plain-history.ts';
import { randomHistory } from './fixtures/random-history.ts';
import { STORY } from './fixtures/redirected-h100s.ts';
import { positionsReport } from './positions/report.ts';
import { readAsCompanies } from './read-as-companies.ts';
import { GENERATION_TABLES } from './rebuild/compare.ts';

const GUARDED = ['position_contributions', 'position_blocks', 'delivery_versions', 'delivery_contributions'];

let database: TestDatabase;
let query: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  query = database.pool('waybill_query');
  await project('random', [...randomHistory(diceOf(9), 300), ...plainHistory(diceOf(9), 4_500)].slice(0, 4_500));
}, 60_000);
afterAll(() => database.drop());

async function project(ledger: string, events: Parameters<typeof storedEvents>[1]): Promise<void> {
  await appendHistory(database, ledger, storedEvents(ledger, events));
  await projectorOf(database).catchUp(ledger);
}

describe('the query role', () => {
  it.each(GUARDED)('sees no row of %s without naming companies, though rows are there', async (table) => {
    const count = async (pool: pg.Pool) =>
      Number((await pool.query(`select count(*) from read.${table}`)).rows[0].count);
    expect(await count(query)).toBe(0);
    expect(await count(database.pool('waybill_owner'))).toBe(0);
    expect(await count(database.pool('waybill_auditor'))).toBeGreaterThan(0);
    const nobody = await readAsCompanies(query, [], (db) => db.query(`select from read.${table}`));
    expect(nobody.rowCount).toBe(0);
  });

  it.each(GUARDED)('sees of %s exactly the rows that name its companies', async (table) => {
    const names = table.startsWith('position') ? `array[company_id]` : 'audience';
    const text = `select ${names} as names, count(*)::int from read.${table} group by 1 order by 1`;
    const all = await database.pool('waybill_auditor').query<{ names: string[] }>(text);
    for (const companies of [['TESLA'], ['X', 'XAI'], ['NVIDIA'], ['tesla'], ['TESLA-1']]) {
      const seen = await readAsCompanies(query, companies, (db) => db.query(text));
      const theirs = all.rows.filter(({ names: named }) => named.some((name) => companies.includes(name)));
      expect(seen.rows).toEqual(theirs);
    }
  });

  it('has no way past the policies: into the rows themselves goes the projector alone, and puts some in', async () => {
    const { rows } = await database.pool('waybill_auditor').query<{ relname: string; roles: string[] }>(
      `select relname, array_agg(rolname || ' ' || privilege order by rolname, privilege) as roles
       from pg_class, pg_roles, unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as privilege
       where relnamespace = (select oid from pg_namespace where nspname = 'read_rows')
         and relkind = 'r' and rolname ~ '^waybill_' and rolname <> 'waybill_owner'
         and has_table_privilege(pg_roles.oid, pg_class.oid, privilege)
       group by relname
       order by relname`,
    );
    const tables = GENERATION_TABLES.map(({ name }) => name).sort();
    expect(rows).toEqual(tables.map((relname) => ({ relname, roles: ['waybill_projector insert'] })));
    for (const role of ['waybill_query', 'waybill_auditor'] as const) {
      const past = database.pool(role).query('select from read_rows.position_contributions');
      await expect(past).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('keeps no company on a connection that goes back to its pool', async () => {
    await readAsCompanies(query, ['TESLA'], (db) => db.query('select'));
    await expect(readAsCompanies(query, ['TESLA'], (db) => db.query('select 1 / 0'))).rejects.toMatchObject({
      code: '22012',
    });
    const connections = await Promise.all(
      Array.from({ length: 3 }, () => query.query(`select count(*)::int as rows from read.delivery_versions`)),
    );
    expect(connections.map(({ rows }) => rows[0])).toEqual([{ rows: 0 }, { rows: 0 }, { rows: 0 }]);
  });

  it('may not write', async () => {
    for (const table of [...GUARDED, 'checkpoints', 'generations', 'halts']) {
      await expect(query.query(`delete from read.${table}`)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe("a company's report", () => {
  it('has its rows as the auditor sees them, as of any position and day, and no others', async () => {
    const auditor = database.pool('waybill_auditor');
    for (const [asOfPosition, validAt] of [
      [4_500, null],
      [200, null],
      [3_000, '2024-03-01'],
      [4_500, '2024-02-01'],
    ] as const) {
      for (const company of ['TESLA', 'XAI']) {
        const asOf = { asOfPosition, validAt, bySite: true };
        const positions = await positionsReport(auditor, 'random', asOf);
        const schedule = await deliveryScheduleReport(auditor, 'random', { asOfPosition, validAt, limit: 5_000 });
        const seen = await readAsCompanies(query, [company], async (db) => ({
          positions: await positionsReport(db, 'random', asOf),
          schedule: await deliveryScheduleReport(db, 'random', { asOfPosition, validAt, limit: 5_000 }),
        }));
        expect(seen.positions.items).toEqual(positions.items.filter(({ companyId }) => companyId === company));
        expect(seen.schedule.items).toEqual(
          schedule.items.filter((line) =>
            [line.companyId, line.billedCompanyId, line.orderingCompanyId].includes(company),
          ),
        );
        expect(seen.schedule.items.length).toBeGreaterThan(3);
      }
    }
  });

  it('has a line no longer from the day it was redirected away, and has it as of the day before', async () => {
    const { ORDER_T, DISPATCHED_1, REDIRECTED_1 } = STORY;
    const onward = {
      ...REDIRECTED_1,
      effectiveAt: '2023-12-15',
      data: { ...REDIRECTED_1.data, fromCompanyId: 'X', toCompanyId: 'XAI', toSiteId: 'MEMPHIS' },
    };
    await project('onward', [ORDER_T, DISPATCHED_1, REDIRECTED_1, onward]);
    const linesOf = (company: string, validAt: string) =>
      readAsCompanies(query, [company], async (db) => {
        const { items } = await deliveryScheduleReport(db, 'onward', { validAt });
        return items.map(({ lineId, companyId }) => `${lineId} ${companyId}`);
      });
    expect(await linesOf('X', '2023-12-12')).toEqual([]);
    expect(await linesOf('X', '2023-12-14')).toEqual(['PO-T1/T1/SH-1 X']);
    expect(await linesOf('X', '2023-12-15')).toEqual([]);
    expect(await linesOf('XAI', '2023-12-15')).toEqual(['PO-T1/T1/SH-1 XAI']);
    expect(await linesOf('TESLA', '2023-12-15')).toEqual(['PO-T1/T1 TESLA', 'PO-T1/T1/SH-1 XAI']);
  });
});
