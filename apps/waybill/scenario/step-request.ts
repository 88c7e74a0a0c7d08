import { createHash } from 'node:crypto';
import { canonicalJson, type Id } from '#libs/kernel';
import type { CommandRoute } from '../api/command-routes.ts';
import type { Scenario, ScenarioStep } from './scenario-file.ts';

/** A step as an HTTP request. */
export interface StepRequest {
  readonly path: string;
  readonly idempotencyKey: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The step names no value for a parameter of its command's path. */
export class PathFieldMissing extends Error {
  readonly code = 'PATH_FIELD_MISSING';
  constructor(
    readonly command: string,
    readonly field: string,
  ) {
    super(`${command} needs ${field}`);
  }
}

/**
 * The request that plays `step`: path parameters are the ledger and the command's fields, the rest is the body.
 * `at` is effectiveAt; where the step has its own effectiveAt, `at` is the day of recording, on a simulated clock.
 * Throws {@link PathFieldMissing}.
 */
export function stepRequest(scenario: Scenario, step: ScenarioStep, route: CommandRoute): StepRequest {
  const inPath = new Set(route.parameters.filter((name) => name !== 'ledger'));
  const body = Object.fromEntries(Object.entries(step.fields).filter(([name]) => !inPath.has(name)));
  const backdated = Object.hasOwn(step.fields, 'effectiveAt');
  const days = backdated && scenario.clock === 'simulated' ? { recordedOn: step.at } : {};
  return {
    path: pathOf(route, scenario.ledger, step),
    idempotencyKey: idempotencyKeyOf(scenario.ledger, String(step.no), [step.at, step.by, step.command, step.fields]),
    body: { effectiveAt: step.at, ...days, ...body },
  };
}

/** The same for the same content, so that playing a file again repeats no command. */
export function idempotencyKeyOf(ledger: Id, what: string, content: unknown): string {
  const digest = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return `scenario:${ledger}:${what}:${digest.slice(0, 16)}`;
}

function pathOf(route: CommandRoute, ledger: Id, step: ScenarioStep): string {
  return route.parameters.reduce((path, name) => {
    const value = name === 'ledger' ? ledger : step.fields[name];
    if (typeof value !== 'string' || value === '') throw new PathFieldMissing(step.command, name);
    return path.replace(`{${name}}`, encodeURIComponent(value));
  }, route.template);
}
