import type { EventTopic, PartitionExtent, RecordedPlace } from '../ports.ts';
import type { Publication } from './publications.ts';

/** A message that a partition acknowledged, and what it says. */
interface Mark extends RecordedPlace {
  readonly offset: number;
}

/** As many marks as an inspection reads of a partition: evenly spread when more were left since the one before. */
const MOST_MARKS = 16;

/**
 * What each partition must hold: from the first message of the publications in it to the last, and messages in between by
 * their names. A log only grows, so whoever finds a message where it was put finds everything before it that was there
 * when it was put. A topic made anew or cut short holds other messages there, however many came after; the last one
 * alone would not tell, as it may have come after the loss.
 */
export class PartitionEnds {
  /** In order of offset; the last is the end of what was acknowledged. */
  private readonly marks = new Map<number, readonly Mark[]>();
  private readonly firsts = new Map<number, number>();

  constructor(private readonly topic: EventTopic) {}

  /** What an earlier term recorded of a publication in `partition`: where its first message lies, and where its last. */
  resume(partition: number, publication: Publication): void {
    const { ledger, incarnation, firstOffset } = publication;
    if (firstOffset === null) return;
    this.mark(partition, { ledger, incarnation, position: 1, offset: firstOffset });
    this.note(partition, publication);
  }

  /** `lastOffset`: where the last message of a publication in `partition` lies. */
  note(partition: number, { ledger, incarnation, position, firstOffset, lastOffset }: Publication): void {
    if (firstOffset === null || lastOffset === null) return;
    this.firsts.set(partition, Math.min(this.firsts.get(partition) ?? firstOffset, firstOffset));
    this.mark(partition, { ledger, incarnation, position, offset: lastOffset });
  }

  /** The offset that the next message of `partition` gets when nobody else writes. */
  next(partition: number): number {
    return (this.end(partition)?.offset ?? -1) + 1;
  }

  forget(partition: number): void {
    this.marks.delete(partition);
    this.firsts.delete(partition);
  }

  /** The partitions that lost something of what they acknowledged. */
  async damaged(extents: readonly PartitionExtent[]): Promise<readonly number[]> {
    const partitions = [...this.marks.keys()];
    const whole = await Promise.all(partitions.map((partition) => this.isWhole(partition, extents[partition])));
    return partitions.filter((_, index) => whole[index] === false);
  }

  /** Whether the last message lies where it was put. */
  async endIsThere(partition: number): Promise<boolean> {
    const end = this.end(partition);
    return end === undefined || (await this.isThere(partition, end));
  }

  private mark(partition: number, mark: Mark): void {
    const others = (this.marks.get(partition) ?? []).filter(({ offset }) => offset !== mark.offset);
    const marks = [...others, mark].toSorted((a, b) => a.offset - b.offset);
    this.marks.set(partition, marks.length > MOST_MARKS ? everyOther(marks) : marks);
  }

  private end(partition: number): Mark | undefined {
    return this.marks.get(partition)?.at(-1);
  }

  /** Found whole, a partition needs its last mark alone: everything before it is there, and was. */
  private async isWhole(partition: number, extent: PartitionExtent = NOTHING): Promise<boolean> {
    const reaches = extent.low <= (this.firsts.get(partition) ?? 0) && this.next(partition) <= extent.high;
    if (!reaches || !(await this.allAreThere(partition))) return false;
    this.marks.set(partition, (this.marks.get(partition) ?? []).slice(-1));
    return true;
  }

  private async allAreThere(partition: number): Promise<boolean> {
    for (const mark of this.marks.get(partition) ?? []) if (!(await this.isThere(partition, mark))) return false;
    return true;
  }

  private async isThere(partition: number, { offset, ledger, position, incarnation }: Mark): Promise<boolean> {
    const found = await this.topic.recordAt(partition, offset);
    return found?.ledger === ledger && found.position === position && found.incarnation === incarnation;
  }
}

const NOTHING: PartitionExtent = { low: 0, high: 0 };

/** Half of the marks, the last among them. */
function everyOther(marks: readonly Mark[]): readonly Mark[] {
  return marks.filter((_, index) => (marks.length - 1 - index) % 2 === 0);
}
