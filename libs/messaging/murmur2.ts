/**
 * 32-bit MurmurHash2 of `bytes` as Apache Kafka's default partitioner computes it (org.apache.kafka.common.utils.Utils),
 * as a signed integer: any client finds a ledger's partition.
 */
export function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wholeWords = bytes.byteLength >> 2;
  let hash = SEED ^ bytes.byteLength;
  for (let i = 0; i < wholeWords; i++) {
    hash = Math.imul(hash, M) ^ mixed(view.getInt32(i * 4, true));
  }
  const tail = bytes.subarray(wholeWords * 4);
  if (tail.length > 0) {
    for (const [index, byte] of tail.entries()) hash ^= byte << (index * 8);
    hash = Math.imul(hash, M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

/** The partition of `key` among `partitions`, as Kafka's default partitioner chooses it. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fff_ffff) % partitions;
}

const SEED = 0x9747_b28c;
const M = 0x5bd1_e995;

function mixed(word: number): number {
  const spread = Math.imul(word, M);
  return Math.imul(spread ^ (spread >>> 24), M);
}
