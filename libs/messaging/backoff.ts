/** Waits that double from `firstMs` to `lastMs` while attempts fail, and start over after a success. */
export class Backoff {
  private nextMs: number;

  constructor(
    private readonly firstMs: number,
    private readonly lastMs: number,
  ) {
    this.nextMs = firstMs;
  }

  /** Milliseconds to wait before the next attempt. */
  afterFailure(): number {
    const delayMs = this.nextMs;
    this.nextMs = Math.min(this.lastMs, delayMs * 2);
    return delayMs;
  }

  afterSuccess(): void {
    this.nextMs = this.firstMs;
  }
}
