import { jest } from '@jest/globals';
import { crashRounds } from './e2e/crash-rounds.fixture.spec.ts';
import { TradingPlace } from './e2e/trading-place.fixture.spec.ts';

const KILLS = 20;

jest.setTimeout(KILLS * 60_000);

describe(`kill -9 of everything at ${KILLS} random moments under load`, () => {
  let trading: TradingPlace;

  beforeAll(async () => {
    trading = await TradingPlace.open();
  });

  afterAll(() => trading?.close());

  it('keeps every acknowledged command once and no other, and the read models a fold of the ledger', async () => {
    const rounds = await crashRounds(trading, KILLS);
    process.stdout.write(`${JSON.stringify({ ...trading.counts(), rounds })}\n`);
    expect(await trading.violations()).toEqual([]);
    expect(trading.counts().ok).toBeGreaterThan(1_000);
    expect(trading.counts().rejected).toBeGreaterThan(0);
  });
});
