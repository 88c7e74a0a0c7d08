/** Entries that lie elsewhere, in a form of their own, and never change. */
export interface StoredEntries<V> extends Iterable<readonly [string, V]> {
  readonly size: number;
  get(key: string): V | undefined;
}

/** The name under which a map lies in JSON: no field of a state is called so. */
export const MAP_IN_JSON = '\u0000map';

/**
 * An immutable map from strings: `set` and `delete` return a new map that shares all but O(log n) with the old one,
 * so that a batch of decisions can be tried on a state and thrown away, and two points in time can be held at once.
 *
 * A hash array mapped trie, 32 ways a level (Phil Bagwell, "Ideal Hash Trees", 2001).
 * Iteration order follows the hash, not insertion: sort before showing.
 *
 * @example PersistentMap.empty<number>().set('H100', 12_000).get('H100') // 12000
 */
export class PersistentMap<V> implements Iterable<readonly [string, V]> {
  private static readonly EMPTY = new PersistentMap<never>(null, 0, null);

  static empty<V>(): PersistentMap<V> {
    return PersistentMap.EMPTY;
  }

  static from<V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> {
    let map = PersistentMap.empty<V>();
    for (const [key, value] of entries) map = map.set(key, value);
    return map;
  }

  /** A map that has the stored entries, read when they are asked for, and keeps beside them only what is set later. */
  static over<V>(stored: StoredEntries<V>): PersistentMap<V> {
    return new PersistentMap<V>(null, stored.size, stored);
  }

  private constructor(
    /** What was set since `stored`; without one, everything. */
    private readonly root: Node<V> | null,
    readonly size: number,
    private readonly stored: StoredEntries<V> | null,
  ) {}

  get(key: string): V | undefined {
    const own = valueIn(this.root, key, hashOf(key));
    return own !== undefined || this.stored === null ? own : this.stored.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): PersistentMap<V> {
    const leaf: Leaf<V> = { kind: 'leaf', hash: hashOf(key), key, value };
    const grown = { entries: 0 };
    const root = this.root === null ? leaf : insert(this.root, leaf, 0, grown);
    const isNew = (this.root === null || grown.entries === 1) && this.stored?.get(key) === undefined;
    return new PersistentMap(root, this.size + (isNew ? 1 : 0), this.stored);
  }

  /** Copies all that is stored when the key is of it: stored entries never change. */
  delete(key: string): PersistentMap<V> {
    if (this.stored?.get(key) !== undefined) return PersistentMap.from(this).delete(key);
    if (this.root === null) return this;
    const root = remove(this.root, key, hashOf(key), 0);
    return root === this.root ? this : new PersistentMap(root, this.size - 1, this.stored);
  }

  /** The map with `change` applied to the value at `key`, or to `initial` where there is none. */
  update(key: string, initial: V, change: (value: V) => V): PersistentMap<V> {
    return this.set(key, change(this.get(key) ?? initial));
  }

  *[Symbol.iterator](): Generator<readonly [string, V]> {
    if (this.root !== null) yield* entriesOf(this.root);
    if (this.stored === null) return;
    for (const entry of this.stored) {
      if (valueIn(this.root, entry[0], hashOf(entry[0])) === undefined) yield entry;
    }
  }

  /**
   * The entries that `earlier`, of which this map was made, has not or has with another value, found in the time that
   * the change took, not the map; what was deleted is not told. Null when the two stand on other stored entries.
   */
  changesSince(earlier: PersistentMap<V>): Iterable<readonly [string, V]> | null {
    return earlier.stored === this.stored ? changes(this.root, earlier.root, 0) : null;
  }

  toJSON(): object {
    return { [MAP_IN_JSON]: [...this] };
  }

  *keys(): Generator<string> {
    for (const [key] of this) yield key;
  }

  *values(): Generator<V> {
    for (const [, value] of this) yield value;
  }
}

const BITS = 5;
const MASK = (1 << BITS) - 1;
/** Levels before the 32 bits of the hash are used up: below it lie only collisions. */
const DEPTH_MAX = 7;

interface Leaf<V> {
  readonly kind: 'leaf';
  readonly hash: number;
  readonly key: string;
  readonly value: V;
}
interface Collision<V> {
  readonly kind: 'collision';
  readonly leaves: readonly Leaf<V>[];
}
/** `bitmap` says which of the 32 places are taken; `children` holds those alone, in order. */
interface Branch<V> {
  readonly kind: 'branch';
  readonly bitmap: number;
  readonly children: readonly Node<V>[];
}
type Node<V> = Leaf<V> | Collision<V> | Branch<V>;

function valueIn<V>(root: Node<V> | null, key: string, hash: number): V | undefined {
  let node = root;
  for (let rest = hash; node !== null; rest >>>= BITS) {
    if (node.kind === 'leaf') return node.key === key ? node.value : undefined;
    if (node.kind === 'collision') return node.leaves.find((leaf) => leaf.key === key)?.value;
    node = childAt(node, rest);
  }
  return undefined;
}

/** What `now` has otherwise than `before`, two nodes at the same place; what they share is passed over whole. */
function* changes<V>(now: Node<V> | null, before: Node<V> | null, depth: number): Generator<readonly [string, V]> {
  if (now === before || now === null) return;
  if (now.kind !== 'branch' || before?.kind !== 'branch') {
    for (const entry of entriesOf(now)) {
      if (valueIn(before, entry[0], hashOf(entry[0]) >>> (depth * BITS)) !== entry[1]) yield entry;
    }
    return;
  }
  for (let place = 0; place <= MASK; place++) yield* changes(childAt(now, place), childAt(before, place), depth + 1);
}

function childAt<V>(node: Branch<V>, hash: number): Node<V> | null {
  const bit = 1 << (hash & MASK);
  return (node.bitmap & bit) === 0 ? null : (node.children[indexOf(node.bitmap, bit)] ?? null);
}

function insert<V>(node: Node<V>, leaf: Leaf<V>, depth: number, grown: { entries: number }): Node<V> {
  if (node.kind === 'collision') return insertCollision(node, leaf, grown);
  if (node.kind === 'leaf') {
    if (node.key === leaf.key) return leaf;
    grown.entries = 1;
    return split(node, leaf, depth);
  }
  const bit = 1 << ((leaf.hash >>> (depth * BITS)) & MASK);
  const index = indexOf(node.bitmap, bit);
  const child = node.children[index];
  if ((node.bitmap & bit) === 0 || child === undefined) {
    grown.entries = 1;
    return { kind: 'branch', bitmap: node.bitmap | bit, children: withInserted(node.children, index, leaf) };
  }
  const replacement = insert(child, leaf, depth + 1, grown);
  return { kind: 'branch', bitmap: node.bitmap, children: withReplaced(node.children, index, replacement) };
}

/** As `Array.with`, cheaper. */
function withReplaced<V>(children: readonly Node<V>[], index: number, child: Node<V>): readonly Node<V>[] {
  const copy = children.slice();
  copy[index] = child;
  return copy;
}

function withInserted<V>(children: readonly Node<V>[], index: number, child: Node<V>): readonly Node<V>[] {
  const copy = children.slice(0, index);
  copy.push(child);
  for (let at = index; at < children.length; at++) copy.push(children[at] as Node<V>);
  return copy;
}

function insertCollision<V>(node: Collision<V>, leaf: Leaf<V>, grown: { entries: number }): Collision<V> {
  const others = node.leaves.filter((each) => each.key !== leaf.key);
  grown.entries = others.length === node.leaves.length ? 1 : 0;
  return { kind: 'collision', leaves: [...others, leaf] };
}

function split<V>(a: Leaf<V>, b: Leaf<V>, depth: number): Node<V> {
  if (depth >= DEPTH_MAX) return { kind: 'collision', leaves: [a, b] };
  const placeA = (a.hash >>> (depth * BITS)) & MASK;
  const placeB = (b.hash >>> (depth * BITS)) & MASK;
  if (placeA === placeB) return { kind: 'branch', bitmap: 1 << placeA, children: [split(a, b, depth + 1)] };
  return { kind: 'branch', bitmap: (1 << placeA) | (1 << placeB), children: placeA < placeB ? [a, b] : [b, a] };
}

/** `node` without `key`, the same object when the key is not in it, null when nothing is left. */
function remove<V>(node: Node<V>, key: string, hash: number, depth: number): Node<V> | null {
  if (node.kind === 'leaf') return node.key === key ? null : node;
  if (node.kind === 'collision') {
    const leaves = node.leaves.filter((leaf) => leaf.key !== key);
    if (leaves.length === node.leaves.length) return node;
    return leaves.length === 1 ? (leaves[0] ?? null) : { kind: 'collision', leaves };
  }
  const bit = 1 << ((hash >>> (depth * BITS)) & MASK);
  const index = indexOf(node.bitmap, bit);
  const child = (node.bitmap & bit) === 0 ? undefined : node.children[index];
  if (child === undefined) return node;
  const shrunk = remove(child, key, hash, depth + 1);
  if (shrunk === child) return node;
  if (shrunk !== null)
    return { kind: 'branch', bitmap: node.bitmap, children: withReplaced(node.children, index, shrunk) };
  const bitmap = node.bitmap & ~bit;
  return bitmap === 0 ? null : { kind: 'branch', bitmap, children: node.children.toSpliced(index, 1) };
}

function* entriesOf<V>(node: Node<V>): Generator<readonly [string, V]> {
  if (node.kind === 'leaf') yield [node.key, node.value];
  else for (const child of node.kind === 'branch' ? node.children : node.leaves) yield* entriesOf(child);
}

/** How many taken places lie before `bit`. */
function indexOf(bitmap: number, bit: number): number {
  let below = bitmap & (bit - 1);
  below -= (below >>> 1) & 0x55555555;
  below = (below & 0x33333333) + ((below >>> 2) & 0x33333333);
  return (((below + (below >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** 32 bits: FNV-1a over the UTF-16 code units, with a final mix so that short ids spread over the low bits. */
export function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
