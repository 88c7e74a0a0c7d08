import type { SlipCause } from '#libs/domain';
import type { Causes, Line } from './line.ts';

/** The part of a line's unit-days that `quantity` of its units carry. All its units slipped together, so it is whole. */
export function shareOf({ causes, quantity: all }: Line, quantity: number): Causes {
  const share = (unitDays: number) => (all === 0 ? 0 : Number((BigInt(unitDays) * BigInt(quantity)) / BigInt(all)));
  return mapped(causes, share);
}

export function negated(causes: Causes): Causes {
  return mapped(causes, (unitDays) => -unitDays);
}

function mapped(causes: Causes, change: (unitDays: number) => number): Causes {
  const entries = Object.entries(causes) as [SlipCause, number][];
  return Object.fromEntries(entries.map(([cause, unitDays]) => [cause, change(unitDays)] as const));
}
