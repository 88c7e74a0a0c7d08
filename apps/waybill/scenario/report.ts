import { holds, type PlayedStep } from './played-step.ts';
import type { Scenario } from './scenario-file.ts';

/** Counts over a whole play. */
export interface Totals {
  readonly steps: number;
  readonly failedSteps: number;
  readonly checks: number;
  readonly failedChecks: number;
  readonly leftOut: number;
  readonly elapsedMs: number;
}

export function totalsOf(played: readonly PlayedStep[], elapsedMs: number): Totals {
  const checks = played.flatMap((each) => each.checks);
  return {
    steps: played.length,
    failedSteps: played.filter((each) => !holds(each)).length,
    checks: checks.length,
    failedChecks: checks.filter((check) => !check.holds).length,
    leftOut: played.reduce((sum, { leftOut }) => sum + leftOut, 0),
    elapsedMs: Math.round(elapsedMs),
  };
}

/** One line a step; below a failed one what was expected and what was found. */
export function stepLines(played: PlayedStep): string {
  const { step, outcome, position, checks } = played;
  const came = outcome.outcome === 'accepted' ? `position ${position}` : checks[0]?.actual;
  const head = [
    holds(played) ? 'ok  ' : 'FAIL',
    String(step.no).padStart(4),
    step.at,
    step.by.padEnd(15),
    step.command.padEnd(25),
    came,
  ];
  const failures = checks.filter((check) => !check.holds);
  return [head.join('  '), ...failures.map((each) => `        ${failureOf(each)}`)].join('\n');
}

/** The last line: counts and time. */
export function closingLine({ ledger }: Scenario, totals: Totals): string {
  const { steps, failedSteps, checks, failedChecks, leftOut, elapsedMs } = totals;
  return [
    `${failedChecks === 0 ? 'ok' : 'FAIL'}: ${ledger}: ${steps - failedSteps} of ${steps} steps`,
    `${checks - failedChecks} of ${checks} checks hold`,
    ...(leftOut === 0 ? [] : [`${leftOut} expectations left out`]),
    `${(elapsedMs / 1000).toFixed(2)} s`,
  ].join(', ');
}

/** The whole play for machines. */
export function jsonReport({ title, ledger }: Scenario, played: readonly PlayedStep[], totals: Totals): string {
  const steps = played.map((each) => ({
    no: each.step.no,
    at: each.step.at,
    by: each.step.by,
    command: each.step.command,
    ok: holds(each),
    ...each.outcome,
    position: each.position,
    checks: each.checks,
    leftOut: each.leftOut,
  }));
  return JSON.stringify({ title, ledger, ok: totals.failedChecks === 0, totals, steps }, null, 1);
}

function failureOf({ subject, expected, actual }: PlayedStep['checks'][number]): string {
  return `${subject}: expected ${expected}, found ${actual}`;
}
