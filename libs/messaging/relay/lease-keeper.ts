import type { RelayProgress } from './progress.ts';

/**
 * Keeps the lead for one process, and knows by its own monotonic clock when it may have lost it: the deadline counts
 * from before the question, so it passes here before another relay can be told that it leads.
 */
export class LeaseKeeper {
  private epoch: number | null = null;
  private deadlineMs = 0;
  private timer: NodeJS.Timeout | null = null;
  private renewal: Promise<void> | null = null;

  constructor(
    private readonly progress: RelayProgress,
    private readonly ttlMs: number,
    private readonly onRenewalFailed: (error: unknown) => void,
  ) {}

  /** The epoch in which this process leads from now on, null when another leads. Renewed until {@link release}. */
  async claim(): Promise<number | null> {
    const epoch = await this.ask();
    this.epoch = epoch;
    if (epoch !== null) this.timer = setInterval(() => this.renewOnce(epoch), this.ttlMs / 4);
    return epoch;
  }

  get held(): boolean {
    return this.epoch !== null && performance.now() < this.deadlineMs;
  }

  /** Waits for a renewal under way: it would take back what is given. */
  async release(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.renewal;
    if (this.epoch === null) return;
    this.epoch = null;
    await this.progress.release();
  }

  private renewOnce(held: number): void {
    this.renewal ??= this.renew(held).finally(() => (this.renewal = null));
  }

  private async renew(held: number): Promise<void> {
    try {
      if ((await this.ask()) !== held) this.epoch = null;
    } catch (error) {
      this.onRenewalFailed(error);
    }
  }

  private async ask(): Promise<number | null> {
    const askedMs = performance.now();
    const epoch = await this.progress.claim(this.ttlMs);
    if (epoch !== null) this.deadlineMs = askedMs + this.ttlMs;
    return epoch;
  }
}
