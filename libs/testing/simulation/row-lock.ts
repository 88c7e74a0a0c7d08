import { ConnectionLost } from './simulated-process.ts';
import type { Staged } from './staged.ts';

/** A transaction that holds or waits for a row, and what it would write. */
export interface Holder {
  staged: Staged | null;
}

/** A row lock: one holder, the others wait in line. */
export class RowLock {
  private holder: Holder | null = null;
  private readonly waiting: { readonly holder: Holder; readonly taken: () => void; readonly lost: () => void }[] = [];
  /** Counts the restarts of the server that keeps the lock. */
  life = 1;

  take(holder: Holder): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ holder, taken: resolve, lost: () => reject(new ConnectionLost()) });
      this.next();
    });
  }

  /** Leaves the line, or gives back what it had come to. */
  giveUp(holder: Holder): void {
    const place = this.waiting.findIndex((each) => each.holder === holder);
    if (place !== -1) this.waiting.splice(place, 1);
    this.release(holder);
  }

  /** Gives the row to the next in line; nothing when `holder` does not have it. */
  release(holder: Holder): void {
    if (this.holder !== holder) return;
    this.holder = null;
    this.next();
  }

  /** As after a restart: nobody has the row, and whoever waited for it lost the connection. */
  forget(): void {
    this.life += 1;
    this.holder = null;
    for (const { lost } of this.waiting.splice(0)) lost();
  }

  get isHeld(): boolean {
    return this.holder !== null;
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
