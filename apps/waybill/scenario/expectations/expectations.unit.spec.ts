import { JsonPlace } from '../json-place.ts';
import type { LedgerView, ReportRow } from './expectation.ts';
import { parseExpectations } from './table.ts';

type Query = Parameters<LedgerView['positions']>[0];

/** Rows as the reports gave them after positions 11 (step 1) and 30 (step 2). */
const reports: Record<string, readonly ReportRow[]> = {
  'TESLA H100 null null': [
    { companyId: 'TESLA', skuId: 'H100', siteId: 'PALO', open: 0, accepted: 29_000, energised: 29_000 },
    { companyId: 'TESLA', skuId: 'H100', siteId: 'WH1', open: 12_000, accepted: 5_990 },
  ],
  'TESLA H100 2024-01-31 11': [{ companyId: 'TESLA', skuId: 'H100', accepted: 34_990 }],
  'BIG H100 null null': [{ companyId: 'BIG', skuId: 'H100', accepted: '9007199254740993' }],
};

const lists: Record<string, readonly ReportRow[]> = {
  exposures: [
    { debtorId: 'X', creditorId: 'TESLA', skuId: 'H100', units: 12_000 },
    { debtorId: 'TESLA', creditorId: 'X', skuId: 'A100', units: 2_000 },
    { debtorId: 'X', creditorId: 'XAI', skuId: 'H100', units: 5 },
  ],
  redirections: [
    { redirectionId: 'SW-1', status: 'active' },
    { redirectionId: 'SW-2', status: 'delivered' },
  ],
  claims: [{ claimId: 'C-1', ledger: 29_000, gap: -6_000 }],
  funds: [
    { companyId: 'TESLA', committedCents: 7, consumedCents: 0 },
    { companyId: 'X', committedCents: 9, consumedCents: 1 },
  ],
  breaches: [{ siteId: 'AUSTIN', units: 12 }],
  headroom: [{ siteId: 'AUSTIN', headroom: -12 }],
  idleness: [{ siteId: 'WH1', unitDays: '9007199254740993' }],
  slippage: [
    { companyId: 'TESLA', skuId: 'A100', cause: 'supplier', unitDays: 10 },
    { companyId: 'TESLA', skuId: 'H100', cause: 'supplier', unitDays: 20 },
    { companyId: 'TESLA', skuId: 'H100', cause: 'arrival', unitDays: -4 },
    { companyId: 'X', skuId: 'H100', cause: 'supplier', unitDays: 1 },
  ],
};

describe('position', () => {
  it('sums a bucket over all sites', async () => {
    expect(await verify({ position: { TESLA: { H100: { open: 12_000 } } } })).toEqual([
      { subject: 'position TESLA H100 open', expected: '12000', actual: '12000', holds: true },
    ]);
  });

  it('takes a missing row as 0', async () => {
    const [zero, one] = await verify({ position: { X: { H100: { open: 0, inTransit: 1 } } } });
    expect(zero?.holds).toBe(true);
    expect(one).toEqual({ subject: 'position X H100 inTransit', expected: '1', actual: '0', holds: false });
  });

  it('does not take a missing bucket of a row as 0', async () => {
    const [energised] = await verify({ position: { TESLA: { H100: { energised: 29_000 } } } });
    expect(energised).toMatchObject({ actual: 'no count of energised in the answer', holds: false });
  });

  it('compares exactly beyond the safe integers', async () => {
    const [exact] = await verify({ position: { BIG: { H100: { accepted: '9007199254740993' } } } });
    const [near] = await verify({ position: { BIG: { H100: { accepted: '9007199254740992' } } } });
    expect([exact?.holds, near?.holds]).toEqual([true, false]);
  });
});

describe('asOf', () => {
  const figure = { companyId: 'TESLA', skuId: 'H100', bucket: 'accepted', validAt: '2024-01-31', knownStep: 1 };

  it('reads the ledger as known after a step', async () => {
    expect(await verify({ asOf: [{ ...figure, value: 34_990 }] })).toEqual([
      {
        subject: 'asOf TESLA H100 accepted on 2024-01-31 known after step 1',
        expected: '34990',
        actual: '34990',
        holds: true,
      },
    ]);
  });

  it('takes null as now', async () => {
    const [now] = await verify({ asOf: [{ ...figure, validAt: null, knownStep: null, value: 34_990 }] });
    expect(now).toMatchObject({ subject: 'asOf TESLA H100 accepted on all days known now', holds: true });
  });

  it('fails when the step was not played', async () => {
    const [check] = await verify({ asOf: [{ ...figure, knownStep: 2, value: 0 }] });
    expect(check).toMatchObject({ actual: 'step 2 was not played', holds: false });
  });
});

describe('funds', () => {
  it('compares what is named, by company', async () => {
    expect(await verify({ funds: { TESLA: { committedCents: 7, consumedCents: 1 } } })).toEqual([
      { subject: 'funds TESLA committedCents', expected: '7', actual: '7', holds: true },
      { subject: 'funds TESLA consumedCents', expected: '1', actual: '0', holds: false },
    ]);
  });
});

describe('exposure', () => {
  it('sums a pair over all SKUs, what is owed the other way round against it', async () => {
    const debts = [
      { debtor: 'X', creditor: 'TESLA', units: 10_000 },
      { debtor: 'TESLA', creditor: 'X', units: 10_000 },
      { debtor: 'XAI', creditor: 'TESLA', units: 0 },
    ];
    expect(await verify({ exposure: debts })).toEqual([
      { subject: 'exposure X to TESLA', expected: '10000', actual: '10000', holds: true },
      { subject: 'exposure TESLA to X', expected: '10000', actual: '-10000', holds: false },
      { subject: 'exposure XAI to TESLA', expected: '0', actual: '0', holds: true },
    ]);
  });
});

describe('redirections', () => {
  it('compares the status of each that is named', async () => {
    expect(await verify({ redirections: { 'SW-1': 'active', 'SW-2': 'active', 'SW-3': 'proposed' } })).toEqual([
      { subject: 'redirection SW-1', expected: 'active', actual: 'active', holds: true },
      { subject: 'redirection SW-2', expected: 'active', actual: 'delivered', holds: false },
      { subject: 'redirection SW-3', expected: 'proposed', actual: 'no such redirection', holds: false },
    ]);
  });
});

describe('claims', () => {
  it('compares the figure and the gap of each that is named', async () => {
    const expected = { 'C-1': { ledger: 29_000, gap: 0 }, 'C-2': { ledger: 0 } };
    expect(await verify({ claims: expected })).toEqual([
      { subject: 'claim C-1 ledger', expected: '29000', actual: '29000', holds: true },
      { subject: 'claim C-1 gap', expected: '0', actual: '-6000', holds: false },
      { subject: 'claim C-2 ledger', expected: '0', actual: 'no such claim', holds: false },
    ]);
  });
});

describe('slippage', () => {
  it('sums causes over all SKUs, and takes a cause that is left out as 0', async () => {
    expect(await verify({ slippage: { TESLA: { supplier: 30 } } })).toEqual([
      { subject: 'slippage TESLA supplier', expected: '30', actual: '30', holds: true },
      { subject: 'slippage TESLA arrival', expected: '0', actual: '-4', holds: false },
    ]);
  });
});

describe('what sites can take', () => {
  it('is compared site by site; a breach that the file leaves out is one too many', async () => {
    expect((await verify({ breaches: { AUSTIN: 12 } })).map(({ holds }) => holds)).toEqual([true]);
    expect((await verify({ breaches: {} })).map(({ subject, holds }) => [subject, holds])).toEqual([
      ['breaches AUSTIN', false],
    ]);
    expect((await verify({ headroom: { AUSTIN: -12, WH1: 0 } })).map(({ actual, holds }) => [actual, holds])).toEqual([
      ['-12', true],
      ['no such site', false],
    ]);
    expect((await verify({ idle: { WH1: '9007199254740993' } })).map(({ holds }) => holds)).toEqual([true]);
  });
});

async function verify(expected: object) {
  const parsed = parseExpectations(JsonPlace.root(expected, []), new Set([1, 2]));
  const checks = await Promise.all(parsed.map((each) => each.verify(view)));
  return checks.flat();
}

const view: LedgerView = {
  day: '2024-02-01',
  positionAfter: (no) => (no === 1 ? 11 : null),
  rows: async (name) => lists[name] ?? [],
  positions: async ({ companyId, skuId, validAt, knownAt }: Query) =>
    reports[`${companyId} ${skuId} ${validAt} ${knownAt}`] ?? [],
};
