import { hash } from 'node:crypto';
import type { StoredEvent } from '#libs/event-store';

/** Before the first event: 32 zero bytes. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

/**
 * The digest after `event`: SHA-256 over the digest before, the position and the instant of recording (8 bytes each,
 * big-endian) and the bytes of the body. It depends on the events alone, not on how they were cut into batches.
 * `read.chain` in the database computes the same.
 */
export function chained(digest: Buffer, event: Pick<StoredEvent, 'position' | 'recordedAtMs' | 'body'>): Buffer {
  const { position, recordedAtMs, body } = event;
  const length = HEAD_BYTES + body.length;
  if (link.length < length) link = Buffer.allocUnsafe(2 * length);
  digest.copy(link);
  writeInteger(position, 32);
  writeInteger(recordedAtMs, 40);
  body.copy(link, HEAD_BYTES);
  return hash('sha256', link.subarray(0, length), 'buffer');
}

const HEAD_BYTES = 48;

/** Filled and hashed without a pause: one buffer serves all. */
let link = Buffer.allocUnsafe(4_096);

/** Two halves: a BigInt for each of them costs more than the hash of a short body. */
function writeInteger(value: number, offset: number): void {
  const high = Math.floor(value / 2 ** 32);
  link.writeInt32BE(high, offset);
  link.writeUInt32BE(value - high * 2 ** 32, offset + 4);
}
