import { PackedPart } from './packed-part.ts';
import { digestOf, type ShelvedSnapshot, type Snapshot, type SnapshotKey } from './snapshot.ts';

/**
 * Why a snapshot is left aside: bytes that are not those that were kept, another release's, or of a history that this
 * ledger does not have (another life of the store, a backup that is shorter).
 */
export type SnapshotFault = 'damaged' | 'another format' | 'another history';

/** The snapshot when every byte of it is what was kept, for this release, of this ledger as it is; else what is wrong. */
export function believed(key: SnapshotKey, shelved: ShelvedSnapshot): Snapshot | SnapshotFault {
  if (shelved.format !== key.format) return 'another format';
  if (!digestOf(key, shelved, shelved.partDigests).equals(shelved.digest)) return 'damaged';
  const parts = shelved.parts.map(partOf);
  const { partDigests, position, recordedAtMs, outline } = shelved;
  const whole = parts.filter((part, place) => part !== null && partDigests[place]?.equals(part.digest) === true);
  if (whole.length !== partDigests.length) return 'damaged';
  return shelved.anchored ? { position, recordedAtMs, outline, parts: whole as PackedPart[] } : 'another history';
}

function partOf(bytes: Buffer | null): PackedPart | null {
  try {
    return bytes === null ? null : new PackedPart(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
