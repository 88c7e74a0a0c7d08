import type { UnitsReturned } from '#libs/domain';
import type { Id } from '#libs/kernel';
import { decodeBody } from '#libs/contracts';
import type { StoredEvent } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { knownAndTrue } from '../fixtures/brute-force.ts';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { projectorOf } from '../fixtures/projection.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { readAsCompanies } from '../read-as-companies.ts';
import { exposuresReport } from './report.ts';

const waived = (debtorId: Id, creditorId: Id, skuId: Id, quantity: number): MadeEvent => ({
  type: 'ExposureWaived',
  stream: `exposure/${debtorId}:${creditorId}`,
  effectiveAt: '2024-01-20',
  data: { debtorId, creditorId, skuId, quantity },
});

const EVENTS: readonly MadeEvent[] = [
  ...randomHistory(diceOf(11), 400),
  waived('XAI', 'X', 'H100', 7),
  waived('X', 'TESLA', 'B200', 5),
];

let database: TestDatabase;
let stored: readonly StoredEvent[];

beforeAll(async () => {
  database = await createTestDatabase();
  stored = storedEvents('owing', EVENTS);
  await appendHistory(database, 'owing', stored);
  await projectorOf(database).catchUp('owing');
});
afterAll(() => database.drop());

const MOMENTS = [
  [EVENTS.length, null],
  [EVENTS.length, '2024-01-20'],
  [EVENTS.length, '2024-02-10'],
  [150, null],
  [300, '2024-02-20'],
] as const;

describe('exposures', () => {
  it.each(MOMENTS)('are what the events known at %s and true by %s add up to', async (asOfPosition, validAt) => {
    const { items } = await exposuresReport(database.pool('waybill_auditor'), 'owing', { asOfPosition, validAt });
    const debts = debtsOf(knownAndTrue(stored, asOfPosition, validAt));
    expect(items.map(({ debtorId, creditorId, skuId }) => `${debtorId} ${creditorId} ${skuId}`)).toEqual(
      [...debts.keys()].sort(),
    );
    expect(items.length).toBeGreaterThan(0);
    for (const { debtorId, creditorId, skuId, units } of items) {
      expect(units).toBe(debts.get(`${debtorId} ${creditorId} ${skuId}`));
    }
  });

  it('net to zero over all companies, each to what its pairs say', async () => {
    const { items, net } = await exposuresReport(database.pool('waybill_auditor'), 'owing');
    expect(net.reduce((sum, { units }) => sum + Number(units), 0)).toBe(0);
    for (const { companyId, units } of net) {
      const owedTo = items.filter(({ creditorId }) => creditorId === companyId).map((item) => Number(item.units));
      const owedBy = items.filter(({ debtorId }) => debtorId === companyId).map((item) => -Number(item.units));
      expect(units).toBe([...owedTo, ...owedBy].reduce((sum, each) => sum + each, 0));
    }
    expect(net.some(({ units }) => units !== 0)).toBe(true);
  });

  it('are, for a company, all pairs that it is part of and its own net, as the filter shows the auditor', async () => {
    const auditor = database.pool('waybill_auditor');
    const all = await exposuresReport(auditor, 'owing');
    for (const companyId of ['TESLA', 'X', 'XAI']) {
      const theirs = {
        items: all.items.filter(({ debtorId, creditorId }) => [debtorId, creditorId].includes(companyId)),
        net: all.net.filter((each) => each.companyId === companyId),
      };
      expect(theirs.items.length).toBeGreaterThan(0);
      const query = database.pool('waybill_query');
      const seen = await readAsCompanies(query, [companyId], (db) => exposuresReport(db, 'owing'));
      expect(seen).toMatchObject(theirs);
      expect(await exposuresReport(auditor, 'owing', { companyId })).toMatchObject(theirs);
    }
  });

  it('are of one SKU when it is named, the net too', async () => {
    const auditor = database.pool('waybill_auditor');
    const { items, net } = await exposuresReport(auditor, 'owing', { companyId: 'TESLA', skuId: 'B200' });
    expect(new Set(items.map(({ skuId }) => skuId))).toEqual(new Set(['B200']));
    const signed = items.map((item) => (item.creditorId === 'TESLA' ? 1 : -1) * Number(item.units));
    expect(net).toEqual([{ companyId: 'TESLA', units: signed.reduce((sum, each) => sum + each, 0) }]);
  });
});

interface Change {
  readonly debtorId: Id;
  readonly creditorId: Id;
  readonly skuId: Id;
  readonly units: number;
}

function returned({ companyId, originCompanyId, skuId, acceptedUnits }: UnitsReturned['data']): Change {
  return { debtorId: companyId, creditorId: originCompanyId, skuId, units: -acceptedUnits };
}

/** Units by `DEBTOR CREDITOR SKU`, each pair as the side that owes, from the events' words alone. */
function debtsOf(events: readonly StoredEvent[]): ReadonlyMap<string, number> {
  const changes = events.map(decodeBody).flatMap(({ type, data }): readonly Change[] => {
    if (type === 'ExposureChanged') return [data];
    if (type === 'UnitsReturned') return [returned(data)];
    return type === 'ExposureWaived' ? [{ ...data, units: -data.quantity }] : [];
  });
  const companies = ['TESLA', 'X', 'XAI'];
  const keys = companies.flatMap((debtor) => companies.flatMap((creditor) => [[debtor, creditor] as const]));
  const owed = (debtor: string, creditor: string, sku: string) =>
    changes
      .filter((each) => each.debtorId === debtor && each.creditorId === creditor && each.skuId === sku)
      .reduce((sum, { units }) => sum + units, 0);
  return new Map(
    keys
      .flatMap(([debtor, creditor]) => ['H100', 'B200'].map((sku) => [debtor, creditor, sku] as const))
      .map(([debtor, creditor, sku]): [string, number] => [
        `${debtor} ${creditor} ${sku}`,
        owed(debtor, creditor, sku) - owed(creditor, debtor, sku),
      ])
      .filter(([, units]) => units > 0),
  );
}
