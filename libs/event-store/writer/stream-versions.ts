/**
 * The last version of each stream, as of the head of whoever asks: one map and, beside it, what each event that is not
 * yet in the ledger replaced. A batch that lost is taken back event by event; a map that keeps all its pasts alive
 * cost a quarter of a command.
 */
export class StreamVersions {
  private readonly versions = new Map<string, number>();
  /** Of the events above `settledAt`, in order of position: what a rewind puts back. */
  private replaced: Replaced[] = [];
  private settledAt = 0;

  /** The last version of `stream` in a book whose head is `head`; 0 for a stream without events. */
  at(head: number, stream: string): number {
    this.rewind(head);
    return this.versions.get(stream) ?? 0;
  }

  /** Takes the event at `position`; all that was tried at it or after it is taken back. */
  set(position: number, stream: string, version: number): void {
    this.rewind(position - 1);
    this.replaced.push({ position, stream, version: this.versions.get(stream) });
    this.versions.set(stream, version);
  }

  /** What lies at or before `head` is in the ledger: it will not be taken back. */
  settle(head: number): void {
    if (head <= this.settledAt) return;
    const tried = this.replaced.findIndex(({ position }) => position > head);
    this.replaced = tried === -1 ? [] : this.replaced.slice(tried);
    this.settledAt = head;
  }

  private rewind(head: number): void {
    if (head < this.settledAt) throw new RangeError(`position ${head} was settled at ${this.settledAt}`);
    for (let last = this.replaced.at(-1); last !== undefined && last.position > head; last = this.replaced.at(-1)) {
      if (last.version === undefined) this.versions.delete(last.stream);
      else this.versions.set(last.stream, last.version);
      this.replaced.pop();
    }
  }
}

interface Replaced {
  readonly position: number;
  readonly stream: string;
  /** Undefined when the stream began here. */
  readonly version: number | undefined;
}
