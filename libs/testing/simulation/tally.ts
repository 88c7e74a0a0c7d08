/** How often each fault struck. */
export type FaultCounts = Readonly<Record<string, number>>;

/** Counts the faults of a run as they strike: one that never does is tested by nobody. */
export class Tally {
  readonly counts: Record<string, number> = {};

  add(fault: string): void {
    this.counts[fault] = (this.counts[fault] ?? 0) + 1;
  }
}
