import { JsonPlace } from '../json-place.ts';
import type { LedgerView, PositionRow } from './expectation.ts';
import { parseExpectations } from './table.ts';

type Query = Parameters<LedgerView['positions']>[0];

/** Rows as the reports gave them after positions 11 (step 1) and 30 (step 2). */
const reports: Record<string, readonly PositionRow[]> = {
  'TESLA H100 null null': [
    { companyId: 'TESLA', skuId: 'H100', siteId: 'PALO', open: 0, accepted: 29_000, energised: 29_000 },
    { companyId: 'TESLA', skuId: 'H100', siteId: 'WH1', open: 12_000, accepted: 5_990 },
  ],
  'TESLA H100 2024-01-31 11': [{ companyId: 'TESLA', skuId: 'H100', accepted: 34_990 }],
  'BIG H100 null null': [{ companyId: 'BIG', skuId: 'H100', accepted: '9007199254740993' }],
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

describe('kinds that cannot be read back yet', () => {
  it.each(['funds', 'exposure', 'breaches', 'headroom', 'idle', 'slippage', 'claims', 'redirections'])(
    '%s fails',
    async (kind) => {
      const [check] = await verify({ [kind]: {} });
      expect(check).toMatchObject({ subject: kind, actual: 'not supported by this version', holds: false });
    },
  );
});

async function verify(expected: object) {
  const parsed = parseExpectations(JsonPlace.root(expected, []), new Set([1, 2]));
  const checks = await Promise.all(parsed.map((each) => each.verify(view)));
  return checks.flat();
}

const view: LedgerView = {
  positionAfter: (no) => (no === 1 ? 11 : null),
  positions: async ({ companyId, skuId, validAt, knownAt }: Query) =>
    reports[`${companyId} ${skuId} ${validAt} ${knownAt}`] ?? [],
};
