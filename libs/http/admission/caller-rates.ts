import { edgeProblem } from '../problem/problem.ts';

/** A token bucket a caller: `perSecond` requests in the long run, twice as many at once. */
export class CallerRates {
  private readonly buckets = new Map<string, { left: number; atMs: number }>();

  constructor(private readonly perSecond: number) {}

  /** Throws `RATE_LIMITED` when `caller` has none left. */
  take(caller: string, nowMs: number = Date.now()): void {
    const bucket = this.buckets.get(caller) ?? this.opened(caller, nowMs);
    const earned = ((nowMs - bucket.atMs) / 1000) * this.perSecond;
    bucket.left = Math.min(this.perSecond * BURST_SECONDS, bucket.left + Math.max(0, earned));
    bucket.atMs = nowMs;
    if (bucket.left < 1) throw edgeProblem('RATE_LIMITED', { retryAfterSeconds: 1 });
    bucket.left -= 1;
  }

  private opened(caller: string, nowMs: number): { left: number; atMs: number } {
    if (this.buckets.size >= CALLERS_MAX) this.forgetFull(nowMs);
    const bucket = { left: this.perSecond * BURST_SECONDS, atMs: nowMs };
    this.buckets.set(caller, bucket);
    return bucket;
  }

  /** Buckets that have filled up again say nothing. */
  private forgetFull(nowMs: number): void {
    for (const [caller, { atMs }] of this.buckets) if (nowMs - atMs > BURST_SECONDS * 1000) this.buckets.delete(caller);
    if (this.buckets.size >= CALLERS_MAX) this.buckets.clear();
  }
}

const BURST_SECONDS = 2;
const CALLERS_MAX = 10_000;
