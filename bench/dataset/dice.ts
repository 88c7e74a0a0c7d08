/** What chance decides in a history that a seed names. */
export interface Dice {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True `percent` times in a hundred. */
  happens(percent: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A UUID as random to an index as those of clients are. */
  uuid(): string;
}

/** mulberry32 (Tommy Ettinger, public domain): the same throws for the same seed on every machine. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((word() / 4_294_967_296) * bound);
  return {
    between: (low, high) => low + below(high - low + 1),
    happens: (percent) => below(100) < percent,
    pick: (list) => picked(list, below(list.length)),
    uuid: () => uuidOf([word(), word(), word(), word()].map((each) => each.toString(16).padStart(8, '0')).join('')),
  };
}

function picked<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

/** Version 4 of RFC 9562 with the given 32 hexadecimal digits. */
function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
