import { SingleBar } from 'cli-progress';
import type { Terminal } from '../cli/subcommand.ts';

/** How far a long work is, with its rate and the time left; on a terminal alone. */
export class CopyProgress {
  private bar: SingleBar | null = null;
  private startedMs = 0;
  private done = 0;

  constructor(
    private readonly stream: Terminal['err'],
    private readonly isShown = stream.isTTY === true,
  ) {}

  begin(what: string, unit: string, total: number): void {
    this.stop();
    if (!this.isShown) return;
    this.startedMs = performance.now();
    this.done = 0;
    this.bar = new SingleBar({
      stream: this.stream,
      format: `${what} {bar} {percentage}%, {rate} ${unit}/s, {eta_formatted} left`,
      clearOnComplete: true,
    });
    this.bar.start(total, 0, { rate: 0 });
  }

  /** `amount` more is done. */
  add(amount: number): void {
    this.reach(this.done + amount);
  }

  /** This much is done in all. */
  reach(done: number): void {
    this.done = done;
    const seconds = (performance.now() - this.startedMs) / 1000;
    this.bar?.update(done, { rate: Math.round(done / Math.max(seconds, 0.001)) });
  }

  stop(): void {
    this.bar?.stop();
    this.bar = null;
  }
}
