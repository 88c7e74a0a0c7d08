import { type CommandRoute, commandRoutes, type OpenApiDocument } from '../api/command-routes.ts';
import { UnexpectedAnswer } from '../api/errors.ts';
import type { Answer } from '../api/answer.ts';
import type { WaybillClient } from '../api/waybill-client.ts';
import type { Check, LedgerView } from './expectations/expectation.ts';
import type { Expectation, ExpectationName } from './expectations/table.ts';
import { ledgerView } from './ledger-view.ts';
import { openLedger } from './open-ledger.ts';
import { checkOutcome, type Outcome, type PlayedStep } from './played-step.ts';
import type { Scenario, ScenarioStep } from './scenario-file.ts';
import { PathFieldMissing, stepRequest } from './step-request.ts';

export interface PlayOptions {
  readonly client: WaybillClient;
  /** The expectations to check; null: all. Acceptance and refusal are always checked. */
  readonly only: ReadonlySet<ExpectationName> | null;
  /** Steps with a higher number are not played; null: all are. */
  readonly until: number | null;
  readonly onStep?: (played: PlayedStep) => void;
}

/**
 * Plays `scenario` over HTTP, each step as its own actor, and reads every expectation back as the auditor at the
 * position the ledger has right after the step. A failed expectation is an answer, not an error: the play goes on.
 * Throws a UsageError when the server cannot be worked with.
 */
export async function playScenario(scenario: Scenario, options: PlayOptions): Promise<readonly PlayedStep[]> {
  const { client, until, onStep } = options;
  const routes = commandRoutes((await client.open('/openapi.json')) as OpenApiDocument);
  await openLedger(client, scenario);
  const played: PlayedStep[] = [];
  for (const step of scenario.steps.filter(({ no }) => until === null || no <= until)) {
    const result = await playStep(scenario, step, { ...options, routes, before: played });
    played.push(result);
    onStep?.(result);
  }
  return played;
}

interface Stage extends PlayOptions {
  readonly routes: ReadonlyMap<string, CommandRoute>;
  readonly before: readonly PlayedStep[];
}

async function playStep(scenario: Scenario, step: ScenarioStep, stage: Stage): Promise<PlayedStep> {
  const { client, only, before } = stage;
  const outcome = await perform(scenario, step, stage);
  const position = outcome.outcome === 'accepted' ? outcome.position : (before.at(-1)?.position ?? 0);
  const positionAfter = (no: number) =>
    no === step.no ? position : (before.find((each) => each.step.no === no)?.position ?? null);
  const view = ledgerView(client, scenario.ledger, position, step.at, positionAfter);
  const asked = step.expectations.filter(({ kind }) => only === null || only.has(kind));
  const figures = await Promise.all(asked.map((each) => verifyOne(each, view)));
  return {
    step,
    outcome,
    position,
    checks: [checkOutcome(step, outcome), ...figures.flat()],
    leftOut: step.expectations.length - asked.length,
  };
}

/** A report that does not answer as agreed fails the expectation, not the play. */
async function verifyOne({ kind, verify }: Expectation, view: LedgerView): Promise<readonly Check[]> {
  try {
    return await verify(view);
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    return [{ subject: kind, expected: 'a report', actual: error.message, holds: false }];
  }
}

async function perform(scenario: Scenario, step: ScenarioStep, { client, routes }: Stage): Promise<Outcome> {
  const route = routes.get(step.command);
  if (route === undefined) return { outcome: 'unplayable', problem: `this Waybill has no command ${step.command}` };
  try {
    const { path, idempotencyKey, body } = stepRequest(scenario, step, route);
    return outcomeOf(await client.post(step.by, path, idempotencyKey, body), client.url + path);
  } catch (error) {
    if (!(error instanceof PathFieldMissing)) throw error;
    return { outcome: 'unplayable', problem: error.message };
  }
}

function outcomeOf(answer: Answer, url: string): Outcome {
  const { position, code, detail } = (answer.body ?? {}) as Record<string, unknown>;
  const isAccepted = answer.status === 200 || answer.status === 201;
  if (isAccepted && Number.isSafeInteger(position)) return { outcome: 'accepted', position: position as number };
  if (isAccepted || answer.status >= 500 || typeof code !== 'string') throw new UnexpectedAnswer('POST', url, answer);
  return { outcome: 'rejected', code, detail: typeof detail === 'string' ? detail : null };
}
