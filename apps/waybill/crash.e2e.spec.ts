import { jest } from '@jest/globals';
import { crashRounds } from './e2e/crash-rounds.fixture.spec.ts';
import { TradingPlace } from './e2e/trading-place.fixture.spec.ts';

jest.setTimeout(400_000);

describe('kill -9 of everything under load', () => {
  let trading: TradingPlace;

  beforeAll(async () => {
    trading = await TradingPlace.open();
  });

  afterAll(() => trading?.close());

  it('keeps every acknowledged command once and no other, and the read models a fold of the ledger', async () => {
    const rounds = await crashRounds(trading, 3);
    expect(await trading.violations()).toEqual([]);
    expect(rounds).toHaveLength(3);
    expect(trading.counts().ok).toBeGreaterThan(100);
    expect(trading.counts().rejected).toBeGreaterThan(0);
  });
});
