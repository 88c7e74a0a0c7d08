import fc from 'fast-check';
import { addDays, type Day } from '#libs/kernel';
import { record, when, type Book, type Given, type Outcome } from './fixtures/book.ts';
import { brokenInvariants } from './fixtures/invariants.ts';
import { naiveBreaches, naiveGatePasses } from './fixtures/naive-load.ts';
import { commandFrom, smallWorld, type Dice, type RandomKind } from './fixtures/random-commands.ts';
import { ledgerDecider } from './ledger-decider.ts';
import { breaches } from './site/headroom.ts';

const RUNS = 100;
const WEIGHTS: readonly (readonly [RandomKind, number])[] = [
  ['place', 3],
  ['approve', 6],
  ['confirm', 2],
  ['dispatch', 4],
  ['receive', 4],
  ['accept', 6],
  ['propose', 4],
  ['approveRedirection', 9],
  ['screen', 2],
  ['budget', 2],
  ['reduce', 1],
  ['open', 1],
];

const number = fc.nat({ max: 9999 });
const dice: fc.Arbitrary<Dice> = fc.record({
  kind: fc.oneof(...WEIGHTS.map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight }))),
  a: number,
  b: number,
  c: number,
  daysLater: fc.nat({ max: 2 }),
});

/** Events by type and rejections by code, over all runs. */
const seen = new Map<string, number>();

describe('a ledger after any commands', () => {
  it('keeps the invariants, and agrees with the long way to count load and debt', () => {
    fc.assert(
      fc.property(fc.array(dice, { minLength: 40, maxLength: 90 }), (thrown) => {
        let book = smallWorld;
        let today = '2024-01-02';
        for (const each of thrown) {
          today = addDays(today, each.daysLater);
          book = step(book, commandFrom(each, book, today), today);
        }
        expect(dumped(refolded(book))).toEqual(dumped(book.state));
      }),
      { numRuns: RUNS },
    );
  });

  it('was given commands of which at least half were accepted, and every event and most rejections came up', () => {
    const counted = [...seen].toSorted(([, a], [, b]) => b - a);
    console.info(counted.map(([what, times]) => `${what} ${times}`).join(', '));
    expect(seen.get('accepted') ?? 0).toBeGreaterThan(seen.get('rejected') ?? 0);
    expect([...seen.keys()]).toEqual(expect.arrayContaining(EVERY_EVENT));
    expect([...seen.keys()]).toEqual(expect.arrayContaining(LIKELY_REJECTIONS));
  });
});

const EVERY_EVENT = [
  ...['EndUserScreened', 'CapacityUnavailable', 'OpeningBalanceRecorded', 'BudgetApproved', 'FundsCommitted'],
  ...['FundsConsumed', 'FundsMoved', 'OrderPlaced', 'OrderApproved', 'TrancheConfirmed', 'ShipmentDispatched'],
  ...['ShipmentReceived', 'ReceiptAccepted', 'RedirectionProposed', 'RedirectionApproved', 'ShipmentRedirected'],
  ...['CommitmentRedirected', 'RedirectionActivated', 'RedirectionLegDelivered', 'ExposureChanged'],
];
const LIKELY_REJECTIONS = [
  ...['SITE_CAPACITY_EXCEEDED', 'BUDGET_MISSING', 'BUDGET_EXCEEDED', 'END_USER_NOT_SCREENED', 'LEG_CHANGED'],
  ...['SELF_APPROVAL', 'EFFECTIVE_BEFORE_STREAM', 'EFFECTIVE_IN_FUTURE', 'SHIPMENT_NOT_IN_TRANSIT', 'DUPLICATE_LEG'],
];

function step(book: Book, command: Given, today: Day): Book {
  const outcome = when(book, command);
  count(outcome);
  const gate = gateOf(outcome, command);
  if (gate !== null)
    expect([naiveGatePasses(book.events, command, command.on ?? today), command]).toEqual([gate, command]);
  if ('code' in outcome) return book;
  const after = record(book, command, outcome);
  expect(brokenInvariants(after)).toEqual([]);
  expect(breaches(after.state.sites, today)).toEqual(naiveBreaches(after.events, today));
  return after;
}

/** Whether the command passed the gate; null where it was not gated, or refused before. */
function gateOf(outcome: Outcome, command: Given): boolean | null {
  if ('code' in outcome) {
    if (outcome.code === 'SITE_CAPACITY_EXCEEDED') return false;
    return command.type === 'ApproveRedirection' && outcome.code.startsWith('BUDGET_') ? true : null;
  }
  const gated = ['PlaceOrder', 'ApproveOrder', 'RecordOpeningBalance'].includes(command.type);
  return gated || outcome.some(({ type }) => type === 'RedirectionActivated') ? true : null;
}

function count(outcome: Outcome): void {
  const rejected = 'code' in outcome;
  const what = rejected ? ['rejected', outcome.code] : ['accepted', ...outcome.map(({ type }) => type)];
  for (const each of what) seen.set(each, (seen.get(each) ?? 0) + 1);
}

function refolded({ events }: Book) {
  return events.reduce((state, event) => ledgerDecider.evolve(state, event), ledgerDecider.initial);
}

/** Maps as sorted lists of entries, so that two states compare by what they hold. */
function dumped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(dumped);
  if (Symbol.iterator in value) {
    return [...(value as Iterable<[string, unknown]>)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(dumped);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, dumped(each)]));
}
