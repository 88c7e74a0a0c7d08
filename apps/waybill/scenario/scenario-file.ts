import type { Day, Id } from '#libs/kernel';
import { type Expectation, parseExpectations } from './expectations/table.ts';
import { JsonPlace, type ShapeProblem } from './json-place.ts';

/** A story to be played over HTTP: who did what on which day, and what has to hold right after. */
export interface Scenario {
  readonly title: string;
  readonly ledger: Id;
  readonly clock: 'system' | 'simulated';
  /** ISO 4217. */
  readonly currency: string;
  /** Of a what-if: the ledger is opened as a branch of another one, after a position. Null: it begins anew. */
  readonly branchOf: { readonly ledger: Id; readonly position: number } | null;
  readonly steps: readonly ScenarioStep[];
}

export interface ScenarioStep {
  readonly no: number;
  /** The day of recording; effectiveAt as well, unless `fields` has its own. */
  readonly at: Day;
  /** Who signs in, such as `tesla-cfo`. */
  readonly by: string;
  readonly command: string;
  /** The command's fields as they stand in the file. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The stable code that the command must be refused with; null: it must be accepted. */
  readonly reject: string | null;
  readonly expectations: readonly Expectation[];
}

/** The text is no scenario: every problem with its JSON pointer. */
export class ScenarioInvalid extends Error {
  readonly code = 'SCENARIO_INVALID';
  constructor(readonly problems: readonly ShapeProblem[]) {
    super(problems.map(({ pointer, problem }) => `${pointer || 'the document'} ${problem}`).join('\n'));
  }
}

/** The scenario in `text`. Throws {@link ScenarioInvalid}. */
export function parseScenario(text: string): Scenario {
  const problems: ShapeProblem[] = [];
  const scenario = scenarioAt(JsonPlace.root(jsonOf(text), problems));
  if (problems.length > 0) throw new ScenarioInvalid(problems);
  return scenario;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ScenarioInvalid([{ pointer: '', problem: `is not JSON: ${error.message}` }]);
  }
}

function scenarioAt(place: JsonPlace): Scenario {
  place.only(['title', 'ledger', 'clock', 'currency', 'branchOf', 'steps']);
  return {
    title: place.field('title').text(),
    ledger: place.field('ledger').id(),
    clock: place.field('clock').oneOf(['system', 'simulated']) ?? 'system',
    currency: currencyAt(place.field('currency')),
    branchOf: forkAt(place.field('branchOf')),
    steps: stepsAt(place.field('steps')),
  };
}

function forkAt(place: JsonPlace): Scenario['branchOf'] {
  if (place.isMissing) return null;
  place.only(['ledger', 'position']);
  return { ledger: place.field('ledger').id(), position: place.field('position').integer(0) };
}

function currencyAt(place: JsonPlace): string {
  const currency = place.text();
  if (currency !== '' && !/^[A-Z]{3}$/.test(currency)) place.refuse('must be an ISO 4217 code such as USD');
  return currency;
}

function stepsAt(place: JsonPlace): readonly ScenarioStep[] {
  const known = new Set<number>();
  const steps = place.items().map((each) => {
    const no = each.field('no').integer(1);
    if (known.has(no)) each.field('no').refuse(`is used twice: ${no}`);
    known.add(no);
    return stepAt(each, no, known);
  });
  if (Array.isArray(place.value) && steps.length === 0) place.refuse('must hold a step');
  return steps;
}

function stepAt(place: JsonPlace, no: number, known: ReadonlySet<number>): ScenarioStep {
  place.only(['no', 'at', 'by', 'do', 'expect']);
  const task = place.field('do');
  const expect = place.field('expect');
  const reject = expect.field('reject');
  return {
    no,
    at: place.field('at').day(),
    by: place.field('by').text(),
    command: task.field('command').text(),
    fields: Object.fromEntries(
      task.fields().flatMap(([name, { value }]) => (name === 'command' ? [] : [[name, value]])),
    ),
    reject: reject.isMissing ? null : reject.text(),
    expectations: expect.isMissing ? [] : parseExpectations(expect, known),
  };
}
