import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { hashOf, type StoredEntries } from '#libs/kernel';
import { revived } from './plain.ts';

/**
 * Entries of a state as bytes that are kept as they came: some dozens at a time are compressed together, and unpacked when one of
 * them is asked for. A table of hashes finds them, so that a key which is not here costs no unpacking.
 *
 * Bytes: MAGIC, number of entries, number of chunks; the hashes in ascending order; beside each the chunk that has it; where each
 * chunk begins, and the last ends; the chunks, deflated JSON of [key, value] pairs. Numbers are 32 bits of this machine's order.
 */
export class PackedPart {
  /** SHA-256 of the bytes: the name of the part. */
  readonly digest: Buffer;
  readonly entries: number;
  private readonly hashes: Uint32Array;
  private readonly chunkOf: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly unpacked = new Map<number, ReadonlyMap<string, unknown>>();

  /** Throws RangeError when the bytes are not a part of this format. */
  constructor(readonly bytes: Buffer) {
    const [magic, entries, chunks] = words(bytes, 0, HEADER_WORDS);
    if (magic !== MAGIC || entries === undefined || chunks === undefined) throw new RangeError('not a packed part');
    this.digest = createHash('sha256').update(bytes).digest();
    this.entries = entries;
    this.hashes = words(bytes, HEADER_WORDS, entries);
    this.chunkOf = words(bytes, HEADER_WORDS + entries, entries);
    this.starts = words(bytes, HEADER_WORDS + 2 * entries, chunks + 1);
  }

  get(key: string): unknown {
    const hash = hashOf(key);
    for (let at = firstAt(this.hashes, hash); this.hashes[at] === hash; at += 1) {
      const value = this.chunk(this.chunkOf[at] ?? 0).get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** In the order in which they were packed. */
  *all(): Generator<readonly [string, unknown]> {
    for (let chunk = 0; chunk < this.starts.length - 1; chunk += 1) yield* this.unpack(chunk);
  }

  private chunk(index: number): ReadonlyMap<string, unknown> {
    const kept = this.unpacked.get(index);
    if (kept !== undefined) return kept;
    const chunk = this.unpack(index);
    this.unpacked.set(index, chunk);
    const [oldest] = this.unpacked.keys();
    if (this.unpacked.size > CHUNKS_KEPT && oldest !== undefined) this.unpacked.delete(oldest);
    return chunk;
  }

  private unpack(index: number): ReadonlyMap<string, unknown> {
    const packed = this.bytes.subarray(this.starts[index], this.starts[index + 1]);
    const pairs = JSON.parse(inflateRawSync(packed).toString()) as [string, unknown][];
    return new Map(pairs.map(([key, value]) => [key, revived(value)]));
  }
}

/** Several parts as one: of a key that two have, what the later says. */
export class LayeredParts {
  /** The latest last. */
  constructor(readonly parts: readonly PackedPart[]) {}

  get(key: string): unknown {
    for (let place = this.parts.length - 1; place >= 0; place -= 1) {
      const value = this.parts[place]?.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Each key once: of the earliest part first, as the later a part the likelier it is asked for. */
  *all(): Generator<readonly [string, unknown]> {
    for (const [place, part] of this.parts.entries()) {
      const later = new LayeredParts(this.parts.slice(place + 1));
      for (const entry of part.all()) if (!later.has(entry[0])) yield entry;
    }
  }

  private has(key: string): boolean {
    return this.get(key) !== undefined;
  }
}

/** The entries of `parts` whose keys begin with `prefix`, without it; `size` of them. */
export function entriesUnder<V>(parts: LayeredParts, prefix: string, size: number): StoredEntries<V> {
  return {
    size,
    get: (key) => parts.get(prefix + key) as V | undefined,
    *[Symbol.iterator]() {
      for (const [key, value] of parts.all()) {
        if (key.startsWith(prefix)) yield [key.slice(prefix.length), value as V] as const;
      }
    },
  };
}

/** The entries as bytes, in their order. A chunk a turn of the event loop: whoever writes the ledger goes first. */
export async function packed(entries: Iterable<readonly [string, unknown]>, goOn: () => void): Promise<PackedPart> {
  const pause = async () => {
    await nextTurn();
    goOn();
  };
  const hashes: number[] = [];
  const chunkOf: number[] = [];
  const chunks: Buffer[] = [];
  let pairs: string[] = [];
  let characters = 0;
  const close = async () => {
    chunks.push(deflateRawSync(`[${pairs.join(',')}]`, { level: 1 }));
    [pairs, characters] = [[], 0];
    await pause();
  };
  for (const [key, value] of entries) {
    const pair = JSON.stringify([key, value]);
    hashes.push(hashOf(key));
    chunkOf.push(chunks.length);
    pairs.push(pair);
    characters += pair.length;
    if (characters >= CHUNK_CHARACTERS) await close();
  }
  if (pairs.length > 0) await close();
  return new PackedPart(await laidOut(hashes, chunkOf, chunks, pause));
}

/** 'WBP1' */
const MAGIC = 0x31504257;
const HEADER_WORDS = 3;
const CHUNK_CHARACTERS = 12_000;
const CHUNKS_KEPT = 64;

async function laidOut(
  hashes: readonly number[],
  chunkOf: readonly number[],
  chunks: readonly Buffer[],
  pause: Pause,
): Promise<Buffer> {
  const entries = hashes.length;
  const table = new Uint32Array(HEADER_WORDS + 2 * entries + chunks.length + 1);
  table.set([MAGIC, entries, chunks.length]);
  const places = await placesByHash(Uint32Array.from(hashes), pause);
  await inTurns(entries, pause, (at) => {
    const place = places[at] ?? 0;
    table[HEADER_WORDS + at] = hashes[place] ?? 0;
    table[HEADER_WORDS + entries + at] = chunkOf[place] ?? 0;
  });
  const starts = [table.byteLength];
  for (const chunk of chunks) starts.push((starts.at(-1) ?? 0) + chunk.length);
  table.set(starts, HEADER_WORDS + 2 * entries);
  return Buffer.concat([Buffer.from(table.buffer), ...chunks]);
}

/**
 * The places of the hashes, those of the lowest first: by counting, the lower halves and then the upper, which can rest anywhere.
 * Sorting 300,000 at once kept the event loop for 0.6 s: such a function runs once, before the engine has compiled it.
 */
async function placesByHash(hashes: Uint32Array, pause: Pause): Promise<Uint32Array> {
  let places = hashes.map((_, place) => place);
  for (const shift of [0, 16]) {
    const before = places;
    const next = new Uint32Array(before.length);
    const starts = await startsOfHalves(hashes, shift, pause);
    await inTurns(before.length, pause, (at) => {
      const place = before[at] ?? 0;
      const half = halfOf(hashes[place] ?? 0, shift);
      const start = starts[half] ?? 0;
      next[start] = place;
      starts[half] = start + 1;
    });
    places = next;
  }
  return places;
}

/** Where the first hash with each half comes to lie. */
async function startsOfHalves(hashes: Uint32Array, shift: number, pause: Pause): Promise<Uint32Array> {
  const counts = new Uint32Array(HALVES);
  await inTurns(hashes.length, pause, (at) => {
    const half = halfOf(hashes[at] ?? 0, shift);
    counts[half] = (counts[half] ?? 0) + 1;
  });
  let start = 0;
  return counts.map((count) => {
    start += count;
    return start - count;
  });
}

/** Steps that the event loop can wait for. */
const STEPS_A_TURN = 8_192;

type Pause = () => Promise<void>;

/** Takes `steps` steps, with a pause after some thousands. */
async function inTurns(steps: number, pause: Pause, step: (index: number) => void): Promise<void> {
  for (let index = 0; index < steps; index += 1) {
    step(index);
    if (index % STEPS_A_TURN === STEPS_A_TURN - 1) await pause();
  }
}

/** As many as 16 bits can be. */
const HALVES = 1 << 16;

function halfOf(hash: number, shift: number): number {
  return (hash >>> shift) & (HALVES - 1);
}

/** A copy: the bytes may lie anywhere, words must not. Throws RangeError when there are not as many. */
function words(bytes: Buffer, from: number, count: number): Uint32Array {
  if (bytes.length < 4 * (from + count)) throw new RangeError('a packed part ends too early');
  const start = bytes.byteOffset + 4 * from;
  return new Uint32Array(bytes.buffer.slice(start, start + 4 * count));
}

/** The first place whose hash is not below `hash`. */
function firstAt(hashes: Uint32Array, hash: number): number {
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hashes[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}
