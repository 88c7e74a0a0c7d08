import type { Hunt } from './hunt.ts';

/** A hunt in words: what was run, how fast, and how often each fault struck. */
export function told({ seedsRun, durationMs, cpuMs, commands, events, steps, faults }: Hunt): string {
  const each = (figure: number) => (figure / seedsRun).toFixed(1);
  const rate = (ms: number) => Math.round((seedsRun * 1_000) / ms);
  const struck = Object.entries(faults).sort(([, left], [, right]) => right - left);
  const lines = [
    `simulation: ${seedsRun} seeds, ${rate(durationMs)}/s, ${rate(cpuMs)} a second of one core`,
    `a seed: ${each(commands)} commands, ${each(events)} events, ${each(steps)} steps, ${each(struck.reduce((sum, [, times]) => sum + times, 0))} faults`,
    ...struck.map(([fault, times]) => `${String(times).padStart(9)} ${fault}`),
  ];
  return `${lines.join('\n')}\n`;
}
