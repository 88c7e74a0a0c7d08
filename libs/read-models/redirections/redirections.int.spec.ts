import { decodeBody } from '#libs/contracts';
import type { LedgerEvent, LegRef } from '#libs/domain';
import type { StoredEvent } from '#libs/event-store';
import { addDays, type DecidedEvent, type Id } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { knownAndTrue } from '../fixtures/brute-force.ts';
import { diceOf, type Dice } from '../fixtures/dice.ts';
import { appendHistory, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import {
  activated,
  corrected,
  decided,
  delivered,
  legOf,
  proposed,
  redirectedOn,
  registered,
  UNDERWAY,
  withdrawn,
} from '../fixtures/redirected-units.ts';
import { readAsCompanies } from '../read-as-companies.ts';
import { redirectionsReport } from './report.ts';
import type { RedirectionItem } from './statement.ts';

const GROUP = [
  registered('HOLDING', null, null),
  registered('TESLA', null, 'M'),
  registered('OTHER', null, null),
  registered('X', 'HOLDING', null),
  registered('XAI', 'X', 'M'),
];
const COMPANIES = ['TESLA', 'X', 'XAI', 'OTHER'] as const;
const RELATED = ['TESLA XAI', 'X XAI', 'XAI TESLA', 'XAI X', 'TESLA TESLA', 'X X', 'XAI XAI', 'OTHER OTHER'];

let database: TestDatabase;
let stored: readonly StoredEvent[];

beforeAll(async () => {
  database = await createTestDatabase();
  stored = await projected('random', [...GROUP, ...UNDERWAY, ...randomRedirections(diceOf(31), 500)]);
});
afterAll(() => database.drop());

async function projected(ledger: Id, events: readonly MadeEvent[]): Promise<readonly StoredEvent[]> {
  const appended = storedEvents(ledger, events);
  await appendHistory(database, ledger, appended);
  await projectorOf(database, { batchSize: 70 }).catchUp(ledger);
  return appended;
}

const auditor = () => database.pool('waybill_auditor');

describe('redirections', () => {
  it('are what the events known at a position and true by a day make of them', async () => {
    const statuses = new Set<string>();
    const dice = diceOf(5);
    for (let question = 0; question < 30; question += 1) {
      const asOfPosition = question === 0 ? stored.length : dice(stored.length + 1);
      const validAt = question % 3 === 0 ? null : addDays('2024-01-01', dice(60));
      const { items } = await redirectionsReport(auditor(), 'random', { asOfPosition, validAt });
      expect(items.map(figuresOf)).toEqual(madeOf(knownAndTrue(stored, asOfPosition, validAt).map(decodeBody)));
      for (const { status } of items) statuses.add(status);
    }
    expect([...statuses].sort()).toEqual(['active', 'delivered', 'proposed', 'rejected', 'withdrawn']);
  });

  it('say which legs stay among related companies', async () => {
    const { items } = await redirectionsReport(auditor(), 'random');
    for (const { legs, related } of items) {
      const expected = legs.map(({ fromCompanyId, toCompanyId }) =>
        RELATED.includes(`${fromCompanyId} ${toCompanyId}`),
      );
      expect(legs.map((leg) => leg.related)).toEqual(expected);
      expect(related).toBe(expected.every(Boolean));
    }
    expect(new Set(items.map(({ related }) => related)).size).toBe(2);
  });

  it('are seen by each company of their legs, whole, and by no other', async () => {
    const { items } = await redirectionsReport(auditor(), 'random');
    for (const company of COMPANIES) {
      const query = database.pool('waybill_query');
      const seen = await readAsCompanies(query, [company], (db) => redirectionsReport(db, 'random'));
      const theirs = items.filter(({ legs }) =>
        legs.some(({ fromCompanyId, toCompanyId }) => [fromCompanyId, toCompanyId].includes(company)),
      );
      expect(seen.items).toEqual(theirs);
      expect(theirs.length).toBeLessThan(items.length);
      expect((await redirectionsReport(auditor(), 'random', { companyId: company })).items).toEqual(theirs);
      const rows = await readAsCompanies(query, [company], (db) =>
        db.query<{ id: string }>('select distinct redirection_id as id from read.redirection_history'),
      );
      const ids = new Set(theirs.map(({ redirectionId }) => redirectionId));
      expect(rows.rows.filter(({ id }) => !ids.has(id))).toEqual([]);
      expect(rows.rowCount).toBeGreaterThan(3);
    }
    const none = await readAsCompanies(database.pool('waybill_query'), ['HOLDING'], (db) =>
      redirectionsReport(db, 'random'),
    );
    expect(none.items).toEqual([]);
  });

  it.each(['redirections', 'redirection_history', 'company_relations'])(
    'have rows in %s that nobody sees who names no company',
    async (table) => {
      const count = `select count(*)::int as rows from read.${table}`;
      const query = database.pool('waybill_query');
      expect((await query.query(count)).rows).toEqual([{ rows: 0 }]);
      expect((await readAsCompanies(query, [], (db) => db.query(count))).rows).toEqual([{ rows: 0 }]);
      expect((await auditor().query<{ rows: number }>(count)).rows[0]?.rows).toBeGreaterThan(3);
    },
  );

  it('are kept by the SKU and the site of a leg', async () => {
    const { items } = await redirectionsReport(auditor(), 'random');
    const atX = items.filter(({ legs }) =>
      legs.some(({ fromSiteId, toSiteId }) => fromSiteId === 'X-0' || toSiteId === 'X-0'),
    );
    expect((await redirectionsReport(auditor(), 'random', { siteId: 'X-0' })).items).toEqual(atX);
    expect(atX.length).toBeLessThan(items.length);
    expect((await redirectionsReport(auditor(), 'random', { skuId: 'H100' })).items).toEqual(items);
    expect((await redirectionsReport(auditor(), 'random', { skuId: 'B200' })).items).toEqual([]);
  });

  it('say the same in pages', async () => {
    const { items } = await redirectionsReport(auditor(), 'random');
    const paged: RedirectionItem[] = [];
    for (let hasMore = true; hasMore;) {
      const afterRedirectionId = paged.at(-1)?.redirectionId;
      const page = await redirectionsReport(auditor(), 'random', { afterRedirectionId, limit: 7 });
      paged.push(...page.items);
      ({ hasMore } = page);
    }
    expect(paged).toEqual(items);
    expect(items.length).toBeGreaterThan(14);
  });

  it('say who approved when, and that a correction takes units back and opens them again', async () => {
    const ref = { redirectionId: 'SW', leg: 1 };
    await projected('reopened', [
      ...GROUP,
      ...UNDERWAY,
      proposed('SW', '2024-01-01', [legOf(1, 'TESLA', 'X', 10), legOf(2, 'X', 'X', 5)]),
      decided('RedirectionApproved', 'SW', '2024-01-02', 'TESLA'),
      decided('RedirectionApproved', 'SW', '2024-01-03', 'X'),
      activated('SW', '2024-01-03'),
      delivered(ref, '2024-01-05', 10),
      corrected(ref, '2024-01-06', -3),
    ]);
    const at = (asOfPosition: number) => redirectionsReport(auditor(), 'reopened', { asOfPosition });
    expect((await at(12)).items).toMatchObject([{ status: 'delivered', legs: [{ outstanding: 0 }, {}] }]);
    expect((await at(13)).items).toMatchObject([
      {
        status: 'active',
        proposedBy: 'a-person',
        proposedOn: '2024-01-01',
        activatedOn: '2024-01-03',
        parties: ['TESLA', 'X'],
        approvals: [
          { companyId: 'TESLA', actor: 'a-person', on: '2024-01-02' },
          { companyId: 'X', actor: 'a-person', on: '2024-01-03' },
        ],
        legs: [{ shipmentId: 'S1', delivered: 7, gone: 0, outstanding: 3 }, { outstanding: 0 }],
      },
    ]);
  });

  it('are verified against the ledger, row by row', async () => {
    expect((await verificationOf(database, 'random')).differences).toEqual([]);
  });
});

/** Redirections proposed, decided and delivered, some days recorded late. */
function randomRedirections(dice: Dice, steps: number): readonly MadeEvent[] {
  const open: LegRef[] = [];
  const waiting: Id[] = [];
  const legs = new Map<Id, number>();
  const events: MadeEvent[] = [];
  const company = () => COMPANIES[dice(4)] ?? 'X';
  const pick = <T>(from: readonly T[]): T | undefined => from[dice(Math.max(1, from.length))];
  for (let step = 0; step < steps; step += 1) {
    const day = addDays('2024-01-05', Math.floor(step / 10) - dice(5));
    const redirectionId = pick(waiting) ?? '';
    const ref = pick(open) ?? null;
    const end = (event: MadeEvent) => {
      waiting.splice(waiting.indexOf(redirectionId), 1);
      events.push(event);
    };
    const kind = dice(10);
    if (kind < 2 || redirectionId === '') {
      const id = `R${String(legs.size).padStart(3, '0')}`;
      const made = Array.from({ length: 1 + dice(3) }, (_, n) => legOf(n + 1, company(), company(), 1 + dice(9)));
      events.push(proposed(id, day, made));
      legs.set(id, made.length);
      waiting.push(id);
    } else if (kind < 4) events.push(decided('RedirectionApproved', redirectionId, day, company()));
    else if (kind < 5) {
      for (let leg = 1; leg <= (legs.get(redirectionId) ?? 0); leg += 1) open.push({ redirectionId, leg });
      end(activated(redirectionId, day));
    } else if (kind === 5 && dice(4) === 0) end(decided('RedirectionRejected', redirectionId, day, company()));
    else if (kind === 6 && dice(4) === 0) end(withdrawn(redirectionId, day));
    else if (kind === 7 && ref !== null) events.push(corrected(ref, day, dice(5) - 2));
    else if (kind === 8) events.push(redirectedOn(ref, { redirectionId, leg: 1 }, day, 1 + dice(4)));
    else if (ref !== null) events.push(delivered(ref, day, 1 + dice(6)));
  }
  return events;
}

function figuresOf({ redirectionId, status, parties, approvals, legs, reason }: RedirectionItem) {
  const figures = legs.map(({ leg, delivered: arrived, gone, outstanding }) => [leg, arrived, gone, outstanding]);
  return { redirectionId, status, parties, reason, approvals: approvals.map(({ companyId }) => companyId), figures };
}

/** The same from the events' words alone, one question at a time. */
function madeOf(events: readonly DecidedEvent<LedgerEvent>[]) {
  const proposals = events.flatMap((event) => (event.type === 'RedirectionProposed' ? [event.data] : []));
  const ids = proposals.map(({ redirectionId }) => redirectionId).sort();
  return ids
    .flatMap((id) => proposals.filter(({ redirectionId }) => redirectionId === id))
    .map((proposal) => {
      const { redirectionId, parties, reason } = proposal;
      const about = (type: string) =>
        events.filter((each) => each.type === type && Reflect.get(each.data, 'redirectionId') === redirectionId);
      const isActive = about('RedirectionActivated').length > 0;
      const figures = proposal.legs.map(({ leg, quantity, fromCompanyId, toCompanyId }) => {
        const arrived = unitsOf(events, { redirectionId, leg }, ['RedirectionLegDelivered', 'ReceiptCorrected']);
        const gone = unitsOf(events, { redirectionId, leg }, ['ShipmentRedirected']);
        const left = isActive && fromCompanyId !== toCompanyId ? Math.max(0, quantity - arrived - gone) : 0;
        return [leg, arrived, gone, left];
      });
      const isDone = isActive && figures.every(([, , , left]) => left === 0);
      const ended = about('RedirectionRejected').length > 0 ? 'rejected' : 'withdrawn';
      const isEnded = about('RedirectionRejected').length + about('RedirectionWithdrawn').length > 0;
      const waiting = isEnded ? ended : 'proposed';
      const status = isDone ? 'delivered' : isActive ? 'active' : waiting;
      const approvals = about('RedirectionApproved').map(({ data }) => String(Reflect.get(data, 'companyId')));
      return { redirectionId, status, parties, reason, approvals, figures };
    });
}

function unitsOf(
  events: readonly DecidedEvent<LedgerEvent>[],
  { redirectionId, leg }: LegRef,
  types: readonly string[],
) {
  return events.reduce((sum, { type, data }) => {
    if (!types.includes(type)) return sum;
    const named =
      type === 'RedirectionLegDelivered'
        ? data
        : type === 'ReceiptCorrected'
          ? data.leg
          : type === 'ShipmentRedirected'
            ? data.previousLeg
            : null;
    if (named === null || Reflect.get(named, 'redirectionId') !== redirectionId || Reflect.get(named, 'leg') !== leg)
      return sum;
    return sum + Number(type === 'ReceiptCorrected' ? data.delta : Reflect.get(data, 'quantity'));
  }, 0);
}
