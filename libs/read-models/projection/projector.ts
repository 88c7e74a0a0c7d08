import type pg from 'pg';
import type { LedgerReader, StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { Checkpoint } from './checkpoint.ts';
import type { DecodeEvent } from './decode.ts';
import type { ProjectorObserver } from './observer.ts';
import { SerialByKey } from './serial.ts';
import { readStanding, type Standing } from './standing.ts';
import { projectStretch, type StretchResult } from './stretch.ts';

export interface ProjectorParts {
  /** Signed in as waybill_projector. */
  readonly pool: pg.Pool;
  readonly reader: LedgerReader;
  readonly decode: DecodeEvent;
  /** The one that is written, live or not; absent: the live one of each ledger, whatever a rebuild puts live. */
  readonly generation?: number;
  /** Of the store that `reader` reads: events offered from another one are not believed. */
  readonly incarnation?: string;
  readonly observer?: ProjectorObserver;
  /** Events a transaction. */
  readonly batchSize?: number;
  /** Ledgers projected at a time. */
  readonly width?: number;
}

/**
 * Folds ledgers into their read models, each event exactly once, whatever the feed brings: what is
 * there already is dropped by position, gaps are filled from the ledger, and two projectors of one ledger do no harm.
 * An event that cannot be folded halts its ledger visibly; the others go on.
 */
export class Projector {
  private readonly standings = new Map<Id, Standing>();
  private readonly ledgers: SerialByKey;
  private readonly batchSize: number;
  private readonly observer: ProjectorObserver;

  constructor(private readonly parts: ProjectorParts) {
    this.batchSize = parts.batchSize ?? 2_000;
    this.observer = parts.observer ?? {};
    this.ledgers = new SerialByKey(parts.width ?? 4);
  }

  /**
   * Projects `events` of `ledger`, in any order, with duplicates and gaps; returns where the ledger stands then. Throws
   * what the database says when it cannot: offer them again.
   */
  offer(
    ledger: Id,
    events: readonly StoredEvent[],
    { incarnation }: { incarnation?: string } = {},
  ): Promise<Checkpoint> {
    return this.ledgers.run(ledger, async () => {
      if (incarnation !== undefined && this.isForeign(incarnation)) {
        this.observer.disbelieved?.(ledger, events[0]?.position ?? 0);
        return this.followLedger(ledger, Infinity);
      }
      return this.project(ledger, inOrder(events), events.length);
    });
  }

  /** Projects what the ledger holds beyond the checkpoint; returns where the ledger stands then. */
  catchUp(ledger: Id): Promise<Checkpoint> {
    return this.ledgers.run(ledger, () => this.followLedger(ledger, Infinity));
  }

  /** Where the ledger stands, as far as this projector knows without asking again. */
  async checkpoint(ledger: Id): Promise<Checkpoint> {
    return (await this.known(ledger)).checkpoint;
  }

  /** Resolves when everything offered so far is done. */
  idle(): Promise<void> {
    return this.ledgers.idle();
  }

  private async project(ledger: Id, offered: readonly StoredEvent[], said: number): Promise<Checkpoint> {
    let standing = await this.known(ledger);
    let rest = after(standing, offered);
    if (rest.length < said) this.observer.dropped?.(ledger, said - rest.length);
    while (rest[0] !== undefined) {
      const [first] = rest;
      if (first.position > standing.checkpoint.position + 1) {
        standing = await this.follow(ledger, first.position - 1);
        if (standing.checkpoint.position < first.position - 1) {
          this.observer.disbelieved?.(ledger, first.position);
          return standing.checkpoint;
        }
      } else {
        const result = await this.stretch(ledger, standing, withoutGap(rest, this.batchSize));
        standing = result.standing;
        if (result.halted) return standing.checkpoint;
      }
      rest = after(standing, offered);
    }
    return standing.checkpoint;
  }

  private async followLedger(ledger: Id, upTo: number): Promise<Checkpoint> {
    return (await this.follow(ledger, upTo)).checkpoint;
  }

  private async follow(ledger: Id, upTo: number): Promise<Standing> {
    let standing = await this.known(ledger);
    while (standing.checkpoint.position < upTo) {
      const { position } = standing.checkpoint;
      const range = { after: position, limit: this.batchSize };
      const events = await this.parts.reader.read(ledger, upTo === Infinity ? range : { ...range, upTo });
      if (events.length === 0) break;
      this.observer.filledFromLedger?.(ledger, position, events.length);
      const result = await this.stretch(ledger, standing, events);
      standing = result.standing;
      if (result.halted) break;
    }
    return standing;
  }

  /** `events` follow `from` without a gap: what is known may have been read anew meanwhile, and stands elsewhere. */
  private async stretch(ledger: Id, from: Standing, events: readonly StoredEvent[]): Promise<StretchResult> {
    const result = await this.tried(ledger, from, events);
    const { checkpoint } = result.standing;
    const projected = checkpoint.position - from.checkpoint.position;
    if (result.overtaken) this.observer.overtaken?.(ledger, checkpoint);
    else if (projected > 0) this.observer.projected?.(ledger, checkpoint, projected);
    if (result.halted !== null) this.observer.halted?.(ledger, result.halted);
    this.standings.set(ledger, result.standing);
    return result;
  }

  /** After an unknown commit the checkpoint may have moved: what was known of it is forgotten. */
  private async tried(ledger: Id, from: Standing, events: readonly StoredEvent[]): Promise<StretchResult> {
    try {
      return await this.written(ledger, from, events);
    } catch (error) {
      this.standings.delete(ledger);
      throw error;
    }
  }

  private async known(ledger: Id): Promise<Standing> {
    const known = this.standings.get(ledger);
    if (known !== undefined) return known;
    const read = await this.stored(ledger);
    this.standings.set(ledger, read);
    return read;
  }

  /** Where the tables stand. This and {@link written} are all that touches them: a simulation has its own. */
  protected stored(ledger: Id): Promise<Standing> {
    return readStanding(this.parts.pool, this.parts.generation ?? null, ledger);
  }

  protected written(ledger: Id, from: Standing, events: readonly StoredEvent[]): Promise<StretchResult> {
    return projectStretch(this.parts, ledger, from, events);
  }

  private isForeign(incarnation: string): boolean {
    return this.parts.incarnation !== undefined && this.parts.incarnation !== incarnation;
  }
}

function after({ checkpoint }: Standing, events: readonly StoredEvent[]): readonly StoredEvent[] {
  return events.filter(({ position }) => position > checkpoint.position);
}

/** By position, each once. */
function inOrder(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const sorted = [...events].sort((left, right) => left.position - right.position);
  return sorted.filter(({ position }, index) => position !== sorted[index - 1]?.position);
}

/** The longest run of positions from the first on, at most `limit`. */
function withoutGap(events: readonly StoredEvent[], limit: number): readonly StoredEvent[] {
  const start = events[0]?.position ?? 0;
  const gap = events.findIndex(({ position }, index) => position !== start + index);
  return events.slice(0, Math.min(gap === -1 ? events.length : gap, limit));
}
