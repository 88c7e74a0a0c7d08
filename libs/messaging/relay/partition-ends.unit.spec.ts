import type { EventTopic, RecordedPlace } from '../ports.ts';
import { PartitionEnds } from './partition-ends.ts';
import type { Publication } from './publications.ts';

const PARTITION = 0;
const INCARNATION = '0b7f3a52-6a0e-4c55-9d0b-3d1f6c1f2a01';

describe('what a partition must hold', () => {
  it('is whole while every message lies where it was put', async () => {
    const { ends, damaged } = partitionOf('a1 a2 b1 a3');
    ends.note(PARTITION, publication('a', 2, [0, 1]));
    ends.note(PARTITION, publication('b', 1, [2, 2]));
    ends.note(PARTITION, publication('a', 3, [0, 3]));
    expect([await damaged(), ends.next(PARTITION)]).toEqual([false, 4]);
  });

  it.each([
    ['lost its tail', 'a1 a2 b1'],
    ['was made anew and filled further', 'b1 a1 a2 a3 a4 a5'],
    ['lost a message in the middle to a later one that was stored twice', 'a1 a3 b1 a3'],
    ['lost its first message to a later one that was stored twice', 'a2 a2 b1 a3'],
  ])('is damaged when it %s', async (_, messages) => {
    const { ends, damaged } = partitionOf(messages);
    ends.resume(PARTITION, publication('a', 2, [0, 1]));
    ends.note(PARTITION, publication('b', 1, [2, 2]));
    ends.note(PARTITION, publication('a', 3, [0, 3]));
    expect(await damaged()).toBe(true);
  });

  it('is damaged when it lost its beginning', async () => {
    const { ends, damaged } = partitionOf('a1 a2', 1);
    ends.note(PARTITION, publication('a', 2, [0, 1]));
    expect(await damaged()).toBe(true);
  });

  it('reads its last message alone once it was found whole', async () => {
    const { ends, damaged, reads } = partitionOf('a1 a2 a3');
    for (const position of [1, 2, 3]) ends.note(PARTITION, publication('a', position, [0, position - 1]));
    await damaged();
    expect(reads).toEqual([0, 1, 2]);
    await damaged();
    expect(reads).toEqual([0, 1, 2, 2]);
  });

  it('reads a few messages of many, the last among them', async () => {
    const messages = Array.from({ length: 1_000 }, (_, index) => `a${index + 1}`);
    const { ends, damaged, reads } = partitionOf(messages.join(' '));
    for (const position of messages.keys()) ends.note(PARTITION, publication('a', position + 1, [0, position]));
    expect(await damaged()).toBe(false);
    expect(reads.length).toBeLessThanOrEqual(16);
    expect(reads.at(-1)).toBe(999);
  });

  it('is nothing after it was forgotten', async () => {
    const { ends, damaged } = partitionOf('');
    ends.note(PARTITION, publication('a', 1, [0, 0]));
    ends.forget(PARTITION);
    expect([await damaged(), ends.next(PARTITION), await ends.endIsThere(PARTITION)]).toEqual([false, 0, true]);
  });
});

/** `messages`: `LEDGER POSITION` without the space, one an offset; those before `low` were cut off. */
function partitionOf(messages: string, low = 0) {
  const log = messages.split(' ').filter((message) => message !== '');
  const reads: number[] = [];
  const topic: EventTopic = {
    topic: 'log',
    ensure: () => Promise.resolve(1),
    extents: () => Promise.resolve([{ low, high: log.length }]),
    recordAt: (_, offset) => {
      reads.push(offset);
      return Promise.resolve(placeOf(log[offset]));
    },
  };
  const ends = new PartitionEnds(topic);
  const damaged = async () => (await ends.damaged(await topic.extents())).includes(PARTITION);
  return { ends, damaged, reads };
}

function placeOf(message: string | undefined): RecordedPlace | null {
  if (message === undefined) return null;
  return { ledger: message.charAt(0), position: Number(message.slice(1)), incarnation: INCARNATION };
}

function publication(ledger: string, position: number, [firstOffset, lastOffset]: [number, number]): Publication {
  return { ledger, incarnation: INCARNATION, position, firstOffset, lastOffset };
}
