import { checkOutcome, type Outcome, type PlayedStep } from './played-step.ts';
import { closingLine, jsonReport, stepLines, totalsOf } from './report.ts';
import type { Scenario, ScenarioStep } from './scenario-file.ts';

const scenario: Scenario = {
  title: 'A story',
  ledger: 'story-1',
  clock: 'simulated',
  currency: 'USD',
  branchOf: null,
  steps: [],
};
const step: ScenarioStep = {
  no: 16,
  at: '2023-09-06',
  by: 'tesla-cfo',
  command: 'ApproveOrder',
  fields: { orderId: 'PO-T1' },
  reject: null,
  expectations: [],
};
const accepted: Outcome = { outcome: 'accepted', position: 17 };
const refused: Outcome = { outcome: 'rejected', code: 'SELF_APPROVAL', detail: 'the requester approves' };
const wrongFigure = { subject: 'position TESLA H100 open', expected: '12000', actual: '0', holds: false };

describe('checkOutcome', () => {
  it.each<[string, string | null, Outcome, boolean, string]>([
    ['accepted as expected', null, accepted, true, 'accepted'],
    ['refused as expected', 'SELF_APPROVAL', refused, true, 'rejected SELF_APPROVAL'],
    ['refused unexpectedly', null, refused, false, 'rejected SELF_APPROVAL (the requester approves)'],
    ['refused with another code', 'BUDGET_MISSING', refused, false, 'rejected SELF_APPROVAL (the requester approves)'],
    ['accepted unexpectedly', 'SELF_APPROVAL', accepted, false, 'accepted'],
    ['not played', null, { outcome: 'unplayable', problem: 'no command Fly' }, false, 'no command Fly'],
  ])('%s', (_, reject, outcome, holds, actual) => {
    expect(checkOutcome({ ...step, reject }, outcome)).toMatchObject({ holds, actual });
  });
});

describe('the report', () => {
  const good = played(step, accepted, []);
  const bad = played({ ...step, no: 17 }, accepted, [wrongFigure]);

  it('has one line for a step that holds', () => {
    expect(stepLines(good)).toBe('ok      16  2023-09-06  tesla-cfo        ApproveOrder               position 17');
  });

  it('says below a failed step what was expected and what was found', () => {
    expect(stepLines(bad).split('\n')).toEqual([
      'FAIL    17  2023-09-06  tesla-cfo        ApproveOrder               position 17',
      '        position TESLA H100 open: expected 12000, found 0',
    ]);
  });

  it('says what a refused step was refused with', () => {
    expect(stepLines(played({ ...step, reject: 'SELF_APPROVAL' }, refused, []))).toMatch(/rejected SELF_APPROVAL$/);
  });

  it('closes with counts and time', () => {
    expect(closingLine(scenario, totalsOf([good], 1234))).toBe('ok: story-1: 1 of 1 steps, 1 of 1 checks hold, 1.23 s');
    expect(closingLine(scenario, totalsOf([good, { ...bad, leftOut: 2 }], 50))).toBe(
      'FAIL: story-1: 1 of 2 steps, 2 of 3 checks hold, 2 expectations left out, 0.05 s',
    );
  });

  it('says the same to machines', () => {
    expect(JSON.parse(jsonReport(scenario, [bad], totalsOf([bad], 7)))).toEqual({
      title: 'A story',
      ledger: 'story-1',
      ok: false,
      totals: { steps: 1, failedSteps: 1, checks: 2, failedChecks: 1, leftOut: 0, elapsedMs: 7 },
      steps: [
        {
          no: 17,
          at: '2023-09-06',
          by: 'tesla-cfo',
          command: 'ApproveOrder',
          ok: false,
          outcome: 'accepted',
          position: 17,
          checks: bad.checks,
          leftOut: 0,
        },
      ],
    });
  });
});

function played(each: ScenarioStep, outcome: Outcome, figures: PlayedStep['checks']): PlayedStep {
  return { step: each, outcome, position: 17, checks: [checkOutcome(each, outcome), ...figures], leftOut: 0 };
}
