/**
 * The last version of each stream, as of the head of whoever asks: one map and, beside it, what each event that is not
 * yet in the ledger replaced. A batch that lost is taken back event by event; a map that keeps all its pasts alive
 * cost a quarter of a command.
 */
export class StreamVersions {
  /** Those that changed since `earlier`. */
  private readonly versions = new Map<string, number>();
  /** Streams that {@link takeChanged} has to tell of; null when nobody asks. */
  private changed: Set<string> | null;
  /** Of the events above `settledAt`, in order of position: what a rewind puts back. */
  private replaced: Replaced[] = [];
  private readonly earlier: (stream: string) => number | undefined;
  private settledAt: number;

  /** `earlier` are those of a snapshot at `position`. */
  constructor({ earlier, position, follow }: StreamVersionsStart = NOTHING_EARLIER) {
    this.earlier = earlier;
    this.settledAt = position;
    this.changed = follow ? new Set() : null;
  }

  /** The last version of `stream` in a book whose head is `head`; 0 for a stream without events. */
  at(head: number, stream: string): number {
    this.rewind(head);
    return this.versions.get(stream) ?? this.earlier(stream) ?? 0;
  }

  /** Takes the event at `position`; all that was tried at it or after it is taken back. */
  set(position: number, stream: string, version: number): void {
    this.rewind(position - 1);
    this.replaced.push({ position, stream, version: this.versions.get(stream) });
    this.versions.set(stream, version);
    this.changed?.add(stream);
  }

  /** The streams that changed since the last call, with their versions as of `head`, whatever is tried after it; in a time of their number. */
  takeChanged(head: number): ReadonlyMap<string, number> {
    const tried = new Map<string, number | undefined>();
    for (let place = this.replaced.length - 1; place >= 0; place -= 1) {
      const { position, stream, version } = this.replaced[place] as Replaced;
      if (position <= head) break;
      tried.set(stream, version);
    }
    const taken = new Map<string, number>();
    for (const stream of this.changed ?? []) {
      const version = tried.has(stream) ? tried.get(stream) : this.versions.get(stream);
      if (version !== undefined) taken.set(stream, version);
    }
    this.changed = new Set(tried.keys());
    return taken;
  }

  /** As if they had changed again. */
  giveBack(streams: Iterable<string>): void {
    for (const stream of streams) this.changed?.add(stream);
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

export interface StreamVersionsStart {
  /** The version of a stream that has not changed since; undefined for one that had no event. */
  readonly earlier: (stream: string) => number | undefined;
  readonly position: number;
  /** Whether {@link StreamVersions.takeChanged} will be called. */
  readonly follow: boolean;
}

const NOTHING_EARLIER: StreamVersionsStart = { earlier: () => undefined, position: 0, follow: false };

interface Replaced {
  readonly position: number;
  readonly stream: string;
  /** Undefined when the stream began here, or had not changed before. */
  readonly version: number | undefined;
}
