import type { Queryable } from '#libs/event-store';
import { differences, type ReadModelDifference } from '../verification/difference.ts';
import type { Checkpoint } from '../projection/checkpoint.ts';
import { comparedGenerations, type ComparedStretch } from './compare.ts';

/** Differences found so far: counted, and the first named. */
export class Findings {
  private readonly named: ReadModelDifference[] = [];
  private count = 0;
  /** Rows up to this position were compared. */
  private comparedUpTo = 0;

  get report(): { readonly count: number; readonly named: readonly ReadModelDifference[] } {
    return { count: this.count, named: this.named };
  }

  /** Compares what both hold up to `upTo`, from where the last comparison ended. Rows once written do not change. */
  async compareUpTo(
    db: Queryable,
    sides: Pick<ComparedStretch, 'ledger' | 'built' | 'live'>,
    upTo: number,
    onProgress: (position: number) => void,
  ): Promise<void> {
    while (this.comparedUpTo < upTo) {
      const to = Math.min(upTo, this.comparedUpTo + STRETCH_POSITIONS);
      await this.compare(db, { ...sides, after: this.comparedUpTo, builtUpTo: to, liveUpTo: to });
      this.comparedUpTo = to;
      onProgress(to);
    }
  }

  /** The rest, while neither moves: also rows of events that the live one says it has not read. */
  async compareRest(
    db: Queryable,
    sides: Pick<ComparedStretch, 'ledger' | 'built' | 'live'>,
    live: number,
  ): Promise<void> {
    await this.compare(db, { ...sides, after: this.comparedUpTo, builtUpTo: live, liveUpTo: null });
  }

  /** What was read: `digests` of the new generation, by position, and the live one's. Rows alone speak where a batch went past it. */
  compareDigest(ledger: string, digests: ReadonlyMap<number, string>, live: Checkpoint): void {
    const digest = digests.get(live.position);
    if (digest === undefined && live.position < Math.max(...digests.keys())) return;
    const row = (hex: string): object => ({ position: live.position, digest: hex });
    const built = digest === undefined ? [] : ([[ledger, row(digest)]] as const);
    const found = new Map([[ledger, row(live.digest.toString('hex'))]]);
    this.add(differences('checkpoints', new Map(built), found));
  }

  private async compare(db: Queryable, stretch: ComparedStretch): Promise<void> {
    this.add(await comparedGenerations(db, stretch));
  }

  private add(found: readonly ReadModelDifference[]): void {
    this.count += found.length;
    this.named.push(...found.slice(0, NAMED_MAX - this.named.length));
  }
}

const STRETCH_POSITIONS = 20_000;
const NAMED_MAX = 1_000;
