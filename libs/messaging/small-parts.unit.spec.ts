import { AlarmClock } from './alarm-clock.ts';
import { Backoff } from './backoff.ts';
import { LedgerGap } from './errors.ts';
import { assertDense, requestsOf } from './relay/messages.ts';

describe('Backoff', () => {
  it('doubles up to its last wait and starts over after a success', () => {
    const backoff = new Backoff(100, 350);
    expect([1, 2, 3, 4].map(() => backoff.afterFailure())).toEqual([100, 200, 350, 350]);
    backoff.afterSuccess();
    expect(backoff.afterFailure()).toBe(100);
  });
});

describe('AlarmClock', () => {
  it('ends a sleep when it rings', async () => {
    const clock = new AlarmClock();
    const slept = clock.sleep(60_000);
    clock.ring();
    await slept;
  });

  it('loses no ring that came while nobody slept, and rings once', async () => {
    const clock = new AlarmClock();
    clock.ring();
    await clock.sleep(60_000);
    const startedMs = performance.now();
    await clock.sleep(50);
    expect(performance.now() - startedMs).toBeGreaterThan(40);
  });
});

describe('requests to the broker', () => {
  const events = (...bytes: number[]) => bytes.map((size) => ({ body: Buffer.alloc(size) }));
  const sizes = (limit: { eventsMax: number; bytesMax: number }, ...bytes: number[]) =>
    [...requestsOf(events(...bytes), limit)].map((request) => request.map(({ body }) => body.byteLength));

  it('hold at most so many events', () => {
    expect(sizes({ eventsMax: 2, bytesMax: 1e6 }, 1, 2, 3, 4, 5)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('hold at most so many bytes, headers counted, and a larger event alone', () => {
    expect(sizes({ eventsMax: 9, bytesMax: 3_000 }, 500, 500, 500, 9_000, 10)).toEqual([
      [500, 500],
      [500],
      [9_000],
      [10],
    ]);
  });

  it('are none for no events', () => {
    expect(sizes({ eventsMax: 2, bytesMax: 10 })).toEqual([]);
  });
});

describe('a page of a ledger', () => {
  const page = (...positions: number[]) => positions.map((position) => ({ position })) as never;

  it('is dense from the position after the last', () => {
    expect(() => assertDense('a', 4, page(5, 6, 7))).not.toThrow();
  });

  it.each([
    [page(), 5, null],
    [page(6), 5, 6],
    [page(5, 7), 6, 7],
    [page(5, 5), 6, 5],
  ])('is refused with a gap', (events, expectedPosition, foundPosition) => {
    expect(() => assertDense('a', 4, events)).toThrow(new LedgerGap('a', expectedPosition, foundPosition));
  });
});
