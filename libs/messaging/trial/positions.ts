import type { TopicRecord } from './topic-contents.ts';

/** The positions of `ledger` in the order of the topic. */
export function positionsOf(records: readonly TopicRecord[], ledger: string): number[] {
  return records.filter(({ key }) => key === ledger).map(({ headers }) => Number(headers['position']));
}

/** As a consumer takes them: whatever is not ahead is dropped. */
export function withoutRepeats(positions: readonly number[]): number[] {
  let last = 0;
  return positions.filter((position) => {
    const isAhead = position > last;
    if (isAhead) last = position;
    return isAhead;
  });
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
