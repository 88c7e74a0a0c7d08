import type { EventTopic, PartitionExtent, RecordedPlace } from '../ports.ts';
import type { Publication } from './publications.ts';

/** The last message that a partition acknowledged, and what it says. */
interface End extends RecordedPlace {
  readonly offset: number;
}

/**
 * What each partition must hold: from the first message of the publications in it to the last, and that last message by
 * its name. A log only grows, so whoever finds that message where it was put finds everything before it; a topic made
 * anew or cut short holds another one there, however many messages came after.
 */
export class PartitionEnds {
  private readonly ends = new Map<number, End>();
  private readonly firsts = new Map<number, number>();

  constructor(private readonly topic: EventTopic) {}

  /** `offset`: where the last message of a publication in `partition` lies. */
  note(partition: number, { ledger, incarnation, position, firstOffset, lastOffset }: Publication): void {
    if (firstOffset === null || lastOffset === null) return;
    const first = this.firsts.get(partition);
    this.firsts.set(partition, first === undefined ? firstOffset : Math.min(first, firstOffset));
    const end = this.ends.get(partition);
    if (end !== undefined && end.offset > lastOffset) return;
    this.ends.set(partition, { ledger, incarnation, position, offset: lastOffset });
  }

  /** The offset that the next message of `partition` gets when nobody else writes. */
  next(partition: number): number {
    return (this.ends.get(partition)?.offset ?? -1) + 1;
  }

  forget(partition: number): void {
    this.ends.delete(partition);
    this.firsts.delete(partition);
  }

  /** The partitions that lost something of what they acknowledged. */
  async damaged(extents: readonly PartitionExtent[]): Promise<readonly number[]> {
    const partitions = [...this.ends.keys()];
    const whole = await Promise.all(partitions.map((partition) => this.isWhole(partition, extents[partition])));
    return partitions.filter((_, index) => whole[index] === false);
  }

  /** Whether the last message lies where it was put. */
  async endIsThere(partition: number): Promise<boolean> {
    const end = this.ends.get(partition);
    if (end === undefined) return true;
    const found = await this.topic.recordAt(partition, end.offset);
    return found?.ledger === end.ledger && found.position === end.position && found.incarnation === end.incarnation;
  }

  private async isWhole(partition: number, extent: PartitionExtent = NOTHING): Promise<boolean> {
    const reaches = extent.low <= (this.firsts.get(partition) ?? 0) && this.next(partition) <= extent.high;
    return reaches && (await this.endIsThere(partition));
  }
}

const NOTHING: PartitionExtent = { low: 0, high: 0 };
