import fc from 'fast-check';
import { addDays, type Day } from '#libs/kernel';
import { record, when, type Book, type Given, type Outcome } from './fixtures/book.ts';
import { DECLARED_EVENTS } from './fixtures/declared-events.ts';
import { NaiveLedger } from './fixtures/naive/naive-ledger.ts';
import { naiveBreaches, naiveGatePasses, naiveSiteReadings } from './fixtures/naive/naive-load.ts';
import { brokenSlips, naiveReadings } from './fixtures/naive/naive-readings.ts';
import type { Dice } from './fixtures/random/dice.ts';
import { commandFrom, smallWorld, WEIGHTS, type RandomKind } from './fixtures/random-commands.ts';
import { readings, siteReadings } from './fixtures/readings.ts';
import { schemaFaults } from './fixtures/schema-faults.ts';
import { LedgerAudit } from './invariants/ledger-audit.ts';
import { ledgerDecider } from './ledger-decider.ts';
import { breaches } from './site/headroom.ts';

/** `WAYBILL_PROPERTY_RUNS` tries more; `WAYBILL_PROPERTY_SEED` repeats a run that failed, and then shrinks it, which takes minutes. */
const { WAYBILL_PROPERTY_RUNS: runs = '80', WAYBILL_PROPERTY_SEED: seed } = process.env;
const RUNS = Number(runs);
const SEEDED = seed === undefined ? { endOnFailure: true } : { seed: Number(seed) };
const MS_A_RUN = 10_000;
/** From so many runs on even the rarest code comes up. */
const RUNS_FOR_ALL = 500;

const kinds = Object.entries(WEIGHTS) as [RandomKind, number][];
const number = fc.nat({ max: 9999 });
const dice: fc.Arbitrary<Dice<RandomKind>> = fc.record({
  kind: fc.oneof(...kinds.map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight }))),
  a: number,
  b: number,
  c: number,
  daysLater: fc.nat({ max: 2 }),
});

/** Events by type and rejections by code, over all runs. */
const seen = new Map<string, number>();
/** `command event`, of every event that a command emitted. */
const emitted = new Set<string>();

describe('a ledger after any commands', () => {
  it(
    'keeps the invariants, and agrees with books that are kept unit by unit',
    () => {
      fc.assert(
        fc.property(fc.array(dice, { minLength: 60, maxLength: 120 }), (thrown) => {
          let book = smallWorld;
          const naive = new NaiveLedger(book.events);
          const audit = new LedgerAudit();
          expect(book.events.flatMap((event) => audit.take(event))).toEqual([]);
          let today = '2024-01-02';
          for (const each of thrown) {
            today = addDays(today, each.daysLater);
            book = step(book, naive, audit, commandFrom(each, book, today), today);
          }
          expect(dumped(refolded(book))).toEqual(dumped(book.state));
        }),
        { numRuns: RUNS, ...SEEDED },
      );
    },
    RUNS * MS_A_RUN,
  );

  it('emitted of each command what the OpenAPI document says, and all of it', () => {
    const declared = [...DECLARED_EVENTS].flatMap(([command, events]) => events.map((event) => `${command} ${event}`));
    expect(declared.length).toBeGreaterThan(40);
    expect([...emitted].filter((each) => !declared.includes(each))).toEqual([]);
    expect(declared.filter((each) => !emitted.has(each))).toEqual([]);
  });

  it('was given commands of which at least half were accepted, and every event and most codes came up', () => {
    const counted = [...seen].toSorted(([, a], [, b]) => b - a);
    console.info(counted.map(([what, times]) => `${what} ${times}`).join(', '));
    expect(seen.get('accepted') ?? 0).toBeGreaterThan(seen.get('rejected') ?? 0);
    expect([...seen.keys()]).toEqual(expect.arrayContaining([...EVENTS, ...LIKELY_CODES]));
    if (RUNS >= RUNS_FOR_ALL) expect([...seen.keys()]).toEqual(expect.arrayContaining(RARE_CODES));
  });
});

const EVENTS = [
  ...['CompanyRegistered', 'SkuRegistered', 'SiteRegistered', 'CapacityUnavailable', 'CapacityRestored'],
  ...['OverloadAllowed', 'EndUserScreened', 'BudgetApproved', 'OpeningBalanceRecorded', 'TitleTransferred'],
  ...['StockMoved', 'UnitsEnergised', 'PublicClaimRecorded', 'FundsCommitted', 'FundsConsumed', 'FundsReleased'],
  ...['FundsMoved', 'OrderPlaced', 'OrderApproved', 'OrderRejected', 'TrancheConfirmed', 'TrancheRescheduled'],
  ...['AmendmentProposed', 'AmendmentApproved', 'AmendmentConfirmed', 'AmendmentRejected', 'AmendmentWithdrawn'],
  ...[
    'TrancheAmended',
    'TrancheAdded',
    'TrancheResited',
    'TrancheCancelled',
    'ReplacementPromised',
    'ShipmentDispatched',
    'EtaRevised',
    'ShipmentHeld',
  ],
  ...[
    'ShipmentReleased',
    'ShipmentReceived',
    'ReceiptAccepted',
    'ShipmentSplit',
    'TrancheSplit',
    'ShipmentLost',
    'ReceiptCorrected',
    'ShortfallCancelled',
  ],
  ...['UnitsReturned', 'ReturnConfirmed'],
  ...['RedirectionProposed', 'RedirectionApproved', 'RedirectionRejected', 'RedirectionWithdrawn'],
  ...['ShipmentRedirected', 'CommitmentRedirected', 'RedirectionActivated', 'RedirectionLegDelivered'],
  ...['ExposureChanged', 'ExposureWaived', 'ApprovalLimitSet', 'EvidenceAttached'],
  ...['PolicyAdopted', 'CommandRequested', 'RequestApproved', 'RequestRejected', 'RequestWithdrawn'],
];
const LIKELY_CODES = [
  ...['BUDGET_EXCEEDED', 'DUPLICATE_LEG', 'ORDER_NOT_APPROVED', 'END_USER_NOT_SCREENED', 'LEG_CHANGED'],
  ...['SHIPMENT_NOT_IN_TRANSIT', 'ABOVE_DESIGN_CAPACITY', 'SELF_APPROVAL', 'EFFECTIVE_BEFORE_STREAM', 'NOT_AT_DOCK'],
  ...['SITE_CAPACITY_EXCEEDED', 'ORDER_UNKNOWN', 'NOTHING_OPEN', 'EFFECTIVE_IN_FUTURE'],
  ...['REDIRECTION_NOT_PROPOSED', 'SHIPMENT_UNKNOWN', 'ORDER_NOT_PROPOSED', 'ALREADY_EXISTS', 'MORE_THAN_OPEN'],
  ...[
    'ABOVE_APPROVAL_LIMIT',
    'OVER_DELIVERY',
    'COMPANY_UNKNOWN',
    'NO_CHANGE',
    'MORE_THAN_A_PART',
    'AMENDMENT_CHANGED',
    'REQUEST_NOT_PENDING',
  ],
];
const RARE_CODES = [
  ...['SKU_UNKNOWN', 'SITE_UNKNOWN', 'LOT_UNKNOWN', 'TRANCHE_UNKNOWN', 'REDIRECTION_UNKNOWN', 'SITE_NOT_THEIRS'],
  ...['CAPACITY_NOT_REDUCED', 'CAPACITY_NOT_INCREASED', 'UNTIL_IN_PAST', 'UNITS_NOT_THERE', 'NO_TRANCHES', 'NO_LEGS'],
  ...['TRANCHE_NOT_CONFIRMED', 'SHIPMENT_NOT_HELD', 'NOT_A_PARTY', 'ALREADY_APPROVED', 'SAME_APPROVER', 'WRONG_SITE'],
  ...['NOT_THE_PROPOSER', 'COUNT_MISMATCH', 'BEFORE_RECEIPT', 'MORE_THAN_SHORT', 'SAME_COMPANY', 'SAME_SITE'],
  ...['AMENDMENT_UNKNOWN', 'AMENDMENT_NOT_PROPOSED', 'AMENDMENT_NOT_APPROVED', 'TRANCHE_REDIRECTED'],
  ...['DUPLICATE_CHANGE', 'TRANCHE_CONFIRMED'],
  ...['REQUEST_UNKNOWN', 'NOT_THE_REQUESTER', 'CLAIM_UNKNOWN', 'NO_EVIDENCE', 'ALREADY_ATTACHED'],
  ...['RETURN_UNKNOWN', 'RETURN_NOT_UNDERWAY', 'MORE_THAN_REJECTED'],
  ...['MORE_THAN_OWED', 'BUDGET_MISSING', 'NO_DESTINATION', 'SITE_CANNOT_ENERGISE', 'SUPPLIER_UNKNOWN', 'NOT_ACCEPTED'],
];

function step(book: Book, naive: NaiveLedger, audit: LedgerAudit, command: Given, today: Day): Book {
  const outcome = when(book, command);
  count(outcome);
  const gate = gateOf(outcome, command);
  const gated = givenBy(command, naive);
  if (gate !== null) expect([naiveGatePasses(naive, gated, gated.on ?? today), command]).toEqual([gate, command]);
  expectLimit(outcome, naive, command);
  expectRequest(outcome, naive, command);
  if ('code' in outcome) return book;
  const after = record(book, command, outcome);
  const appended = after.events.slice(book.events.length);
  for (const event of appended) {
    naive.apply(event);
    emitted.add(`${command.type} ${event.type}`);
  }
  expect(appended.flatMap(schemaFaults)).toEqual([]);
  expect([...appended.flatMap((event) => audit.take(event)), ...audit.conclude(), ...brokenSlips(naive)]).toEqual([]);
  expect(readings(after)).toEqual(naiveReadings(naive));
  if (outcome.some(({ stream }) => stream.startsWith('site/'))) {
    expect(siteReadings(after.state.sites, today)).toEqual(naiveSiteReadings(naive, today));
  }
  expect(breaches(after.state.sites, today)).toEqual(naiveBreaches(naive, today));
  return after;
}

/** What the command does, or what was asked for that it approves. */
function givenBy(command: Given, { approvals }: NaiveLedger): Given {
  const request = command.type === 'ApproveRequest' ? approvals.requests.get(command.requestId) : undefined;
  return request === undefined ? command : { ...request.command, on: request.on };
}

/** What is under four eyes is only asked for, and all else is done; an approval says as of the day asked for. */
function expectRequest(outcome: Outcome, { approvals }: NaiveLedger, command: Given): void {
  if ('code' in outcome) return;
  const isAskedFor = outcome.length === 1 && outcome[0]?.type === 'CommandRequested';
  expect([isAskedFor, command]).toEqual([approvals.isAskedFor(command), command]);
  if (command.type !== 'ApproveRequest') return;
  const { on } = approvals.requests.get(command.requestId) ?? {};
  expect(outcome.length).toBeGreaterThan(1);
  for (const { said } of outcome.slice(1))
    expect(said).toMatchObject({ effectiveAt: on, causationId: `request/${command.requestId}` });
}

/** Who may not commit as much is refused, and nobody else is. */
function expectLimit(outcome: Outcome, { approvals }: NaiveLedger, command: Given): void {
  const within = approvals.withinLimit(command);
  if (within === null) return;
  if (!('code' in outcome)) expect([within, command]).toEqual([true, command]);
  else if (outcome.code === 'ABOVE_APPROVAL_LIMIT') expect([within, command]).toEqual([false, command]);
  else if (AFTER_LIMIT.has(outcome.code)) expect([within, command]).toEqual([true, command]);
}

/** Rules of an approval that are asked after that of its limit. */
const AFTER_LIMIT: ReadonlySet<string> = new Set([
  ...['BUDGET_MISSING', 'BUDGET_EXCEEDED', 'SITE_CAPACITY_EXCEEDED', 'END_USER_NOT_SCREENED', 'LEG_CHANGED'],
  'AMENDMENT_CHANGED',
]);

/** Whether the command passed the gate; null where it was not gated, or refused before. */
function gateOf(outcome: Outcome, command: Given): boolean | null {
  if ('code' in outcome) {
    if (outcome.code === 'SITE_CAPACITY_EXCEEDED') return false;
    return command.type === 'ApproveRedirection' && outcome.code.startsWith('BUDGET_') ? true : null;
  }
  const asked = outcome.some(({ type }) => GATED_WHEN_APPROVED.has(type)) && command.type === 'ApproveRequest';
  return asked || GATED.has(command.type) || outcome.some(({ type }) => type === 'RedirectionActivated') ? true : null;
}

const GATED: ReadonlySet<string> = new Set<Given['type']>([
  ...(['PlaceOrder', 'ApproveOrder', 'RecordOpeningBalance', 'ResiteTranche', 'MoveStock'] as const),
  ...(['ProposeAmendment', 'ApproveAmendment', 'ConfirmAmendment'] as const),
]);

/** What an approved request for a gated command makes. */
const GATED_WHEN_APPROVED: ReadonlySet<string> = new Set(['OpeningBalanceRecorded']);

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
