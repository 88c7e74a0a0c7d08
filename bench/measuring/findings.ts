import { writeFile } from 'node:fs/promises';

/** One row of what was measured; what does not apply is left out. */
export interface Line {
  readonly name: string;
  readonly perSecond?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly maxMs?: number;
  /** What else belongs to the figures, with its unit: memory, size, spread. */
  readonly note?: string;
}

/** One figure beside what it is to be; a ratio has the unit `x`. */
export interface AimedFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'x' | 'ms';
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The lowest and highest of the pairs whose median `value` is. */
  readonly between?: readonly [number, number];
}

/** What a benchmark tells: `about` names the peers, the sizes and the settings it stands on. */
export interface Findings {
  readonly about: Readonly<Record<string, string>>;
  readonly lines: readonly Line[];
  readonly aims: readonly AimedFigure[];
}

export function isMet({ value, atLeast = -Infinity, atMost = Infinity }: AimedFigure): boolean {
  return value >= atLeast && value <= atMost;
}

/** Writes what was found where `bench/main.ts` reads it; without a path it is on the screen alone. */
export async function tell(findings: Findings, jsonPath: string | undefined): Promise<void> {
  if (jsonPath !== undefined) await writeFile(jsonPath, `${JSON.stringify(findings, null, 1)}\n`);
}

/** Says on stderr how far a benchmark is. */
export function say(text: string): void {
  process.stderr.write(`  ${text}\n`);
}
