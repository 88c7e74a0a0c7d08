import { murmur2, partitionOf } from './murmur2.ts';

describe('murmur2', () => {
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])("answers for %s what Apache Kafka's own test expects", (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });

  it('places a ledger whose hash is negative among the partitions', () => {
    expect([partitionOf('21', 12), partitionOf('abc', 12)]).toEqual([(-973932308 & 0x7fffffff) % 12, 479470107 % 12]);
  });
});
