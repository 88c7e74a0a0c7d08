import type { Check } from './expectations/expectation.ts';
import type { ScenarioStep } from './scenario-file.ts';

/** How Waybill took a command. */
export type Outcome =
  | { readonly outcome: 'accepted'; readonly position: number }
  | { readonly outcome: 'rejected'; readonly code: string; readonly detail: string | null }
  | { readonly outcome: 'unplayable'; readonly problem: string };

/** A step and what came of it. */
export interface PlayedStep {
  readonly step: ScenarioStep;
  readonly outcome: Outcome;
  /** The ledger's position right after the step. */
  readonly position: number;
  /** Whether it was accepted or refused as expected first, then every figure compared. */
  readonly checks: readonly Check[];
  /** Expectations that were not asked for. */
  readonly leftOut: number;
}

export function holds({ checks }: PlayedStep): boolean {
  return checks.every((check) => check.holds);
}

/** Whether the command was accepted, or refused with the code the step names. */
export function checkOutcome({ reject }: ScenarioStep, outcome: Outcome): Check {
  const actual = worded(outcome);
  const expected = reject === null ? 'accepted' : `rejected ${reject}`;
  const isAsExpected = reject === null ? outcome.outcome === 'accepted' : actual === expected;
  const detail = outcome.outcome === 'rejected' && !isAsExpected && outcome.detail ? ` (${outcome.detail})` : '';
  return { subject: 'outcome', expected, actual: actual + detail, holds: isAsExpected };
}

function worded(outcome: Outcome): string {
  if (outcome.outcome === 'accepted') return 'accepted';
  return outcome.outcome === 'rejected' ? `rejected ${outcome.code}` : outcome.problem;
}
