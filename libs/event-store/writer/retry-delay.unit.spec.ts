import { retryDelayMs } from './retry-delay.ts';

describe('the delay before a retry', () => {
  it('doubles up to half a second', () => {
    const longest = [1, 2, 3, 4, 5, 6, 20].map((attempt) => retryDelayMs(attempt, () => 0));
    expect(longest).toEqual([20, 40, 80, 160, 320, 500, 500]);
  });

  it('is cut by up to half at random', () => {
    expect([0, 0.5, 1].map((random) => retryDelayMs(1, () => random))).toEqual([20, 15, 10]);
  });
});
