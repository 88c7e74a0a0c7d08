/** A sleep that others can end. A ring while nobody sleeps ends the next sleep at once: no wake-up is lost. */
export class AlarmClock {
  private rung = false;
  private wake: (() => void) | null = null;

  /** Resolves after `delayMs` milliseconds, or when {@link ring} is called. One sleeper at a time. */
  async sleep(delayMs: number): Promise<void> {
    if (!this.rung) await this.rest(delayMs);
    this.rung = false;
  }

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  private rest(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const awake = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(awake, delayMs);
      this.wake = awake;
    });
  }
}
