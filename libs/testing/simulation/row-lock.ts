import type { Staged } from './staged.ts';

/** A transaction that holds or waits for a row, and what it would write. */
export interface Holder {
  staged: Staged | null;
}

/** A row lock: one holder, the others wait in line. */
export class RowLock {
  private holder: Holder | null = null;
  private readonly waiting: { readonly holder: Holder; readonly taken: () => void }[] = [];

  take(holder: Holder): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ holder, taken: resolve });
      this.next();
    });
  }

  /** Gives the row to the next in line; nothing when `holder` does not have it. */
  release(holder: Holder): void {
    if (this.holder !== holder) return;
    this.holder = null;
    this.next();
  }

  holds(holder: Holder): boolean {
    return this.holder === holder;
  }

  private next(): void {
    if (this.holder !== null) return;
    const next = this.waiting.shift();
    if (next === undefined) return;
    this.holder = next.holder;
    next.taken();
  }
}
