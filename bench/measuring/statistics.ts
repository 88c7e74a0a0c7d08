import type { AimedFigure } from './findings.ts';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}

/** The value that `share` of `values` do not pass; 0 of none. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The median of the ratios of pairs that were measured one right after the other, and their spread. */
export function pairedRatio(
  name: string,
  ours: readonly number[],
  theirs: readonly number[],
  aim: Pick<AimedFigure, 'atLeast' | 'atMost'>,
): AimedFigure {
  const ratios = ours.map((each, index) => each / (theirs[index] ?? NaN));
  return { name, value: median(ratios), unit: 'x', ...aim, between: [Math.min(...ratios), Math.max(...ratios)] };
}

/** Runs each of `variants` once a round, in turn: a slow minute of the machine falls on all of them. */
export async function interleaved<Name extends string, Measured>(
  rounds: number,
  variants: Readonly<Record<Name, () => Promise<Measured>>>,
): Promise<Record<Name, Measured[]>> {
  const names = Object.keys(variants) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<Name, Measured[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) measured[name].push(await variants[name]());
  }
  return measured;
}
