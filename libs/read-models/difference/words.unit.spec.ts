import type { Difference, FigureKey, Value } from './comparison.ts';
import { wordsOf } from './words.ts';

const said = (key: FigureKey, before: Value, after: Value, companyId: string | null = 'TESLA') => {
  const delta = typeof before === 'bigint' && typeof after === 'bigint' ? after - before : null;
  const difference: Difference = { key, companyId, concerns: [], before, after, delta };
  return wordsOf(difference, { headroomFrom: '2024-01-05', idleUntil: '2024-02-20' });
};

describe('a difference in words', () => {
  const debt: FigureKey = { report: 'exposures', figure: 'units', debtorId: 'X', creditorId: 'TESLA', skuId: 'H100' };

  it.each<[before: bigint, after: bigint, words: string]>([
    [0n, 12_000n, 'X owes TESLA 12,000 H100 more: 12,000, was 0'],
    [12_000n, 4n, 'X owes TESLA 11,996 H100 fewer: 4, was 12,000'],
    [7n, 0n, 'X owes TESLA 7 H100 fewer: 0, was 7'],
    [-1_500n, 20n, 'X owes TESLA 20 H100; before, TESLA owed X 1,500'],
  ])('says of a debt of %d that is %d now: %s', (before, after, words) => {
    expect(said(debt, before, after, null)).toBe(words);
  });

  it.each<[key: FigureKey, before: Value, after: Value, words: string]>([
    [
      { report: 'positions', figure: 'inTransit', skuId: 'H100', siteId: 'AUSTIN' },
      ...([5n, 1_005n, 'TESLA has 1,000 more H100 in transit at AUSTIN: 1,005, was 5'] as const),
    ],
    [
      { report: 'funds', figure: 'headroomCents' },
      ...([9n, 2n, 'TESLA has 7 fewer cents left to commit: 2, was 9'] as const),
    ],
    [
      { report: 'slippage', figure: 'valueCentDays', skuId: 'H100', cause: 'supplier' },
      ...([0n, 60n, "TESLA's H100 unit-days by supplier are worth 60 more cent-days: 60, was 0"] as const),
    ],
    [
      { report: 'breaches', figure: 'units', siteId: 'AUSTIN' },
      ...([0n, 3n, 'AUSTIN of TESLA is loaded with 3 more units above what it can take: 3, was 0'] as const),
    ],
    [
      { report: 'headroom', figure: 'headroom', siteId: 'AUSTIN' },
      ...([3n, 0n, 'AUSTIN of TESLA has room for 3 fewer units from 2024-01-05 on: 0, was 3'] as const),
    ],
    [
      { report: 'idleness', figure: 'unitDays', siteId: 'AUSTIN' },
      ...([0n, 8n, 'Units at AUSTIN of TESLA stand idle 8 more unit-days until 2024-02-20: 8, was 0'] as const),
    ],
    [
      { report: 'redirections', figure: 'delivered', redirectionId: 'R-1', leg: 2, skuId: 'H100' },
      ...([0n, 8n, 'Leg 2 of R-1: 8 more H100 delivered: 8, was 0'] as const),
    ],
    [
      { report: 'redirections', figure: 'status', redirectionId: 'R-1' },
      ...([null, 'active', 'Redirection R-1 is active, was none'] as const),
    ],
  ])('says of %j', (key, before, after, words) => {
    expect(said(key, before, after)).toBe(words);
  });
});
