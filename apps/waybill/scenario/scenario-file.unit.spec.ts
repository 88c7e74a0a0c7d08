import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScenario, ScenarioInvalid } from './scenario-file.ts';

const step = {
  no: 1,
  at: '2024-01-02',
  by: 'tesla-buyer',
  do: { command: 'ApproveOrder', orderId: 'PO-1' },
};
const scenario = { title: 'A story', ledger: 'story-1', clock: 'simulated', currency: 'USD', steps: [step] };

describe('parseScenario', () => {
  it('reads the demo story whole', () => {
    const story = parseScenario(readFileSync(join(import.meta.dirname, '../scenarios/redirected-h100s.json'), 'utf8'));
    expect(story.steps).toHaveLength(55);
    expect(story.steps[14]).toMatchObject({
      no: 15,
      by: 'tesla-buyer',
      command: 'ApproveOrder',
      reject: 'SELF_APPROVAL',
    });
    expect(story.steps[29]?.expectations.map(({ kind }) => kind)).toEqual([
      'position',
      'funds',
      'exposure',
      'breaches',
      'slippage',
      'redirections',
    ]);
  });

  it('keeps the fields of a command apart from its name', () => {
    const [first] = parseScenario(JSON.stringify(scenario)).steps;
    expect(first).toEqual({
      no: 1,
      at: '2024-01-02',
      by: 'tesla-buyer',
      command: 'ApproveOrder',
      fields: { orderId: 'PO-1' },
      reject: null,
      expectations: [],
    });
  });

  it.each([
    ['no JSON', '{', [['', 'is not JSON']]],
    ['a list', '[]', [['', 'must be an object']]],
    ['an unknown field', { ...scenario, titel: 'x' }, [['/titel', 'is not known here']]],
    ['no ledger', { ...scenario, ledger: undefined }, [['/ledger', 'is missing']]],
    ['a ledger that is no id', { ...scenario, ledger: 'a b' }, [['/ledger', 'must be an id']]],
    ['an unknown clock', { ...scenario, clock: 'sundial' }, [['/clock', 'must be one of system, simulated']]],
    ['a currency that is no code', { ...scenario, currency: 'usd' }, [['/currency', 'must be an ISO 4217 code']]],
    ['no steps', { ...scenario, steps: [] }, [['/steps', 'must hold a step']]],
    ['a number used twice', { ...scenario, steps: [step, step] }, [['/steps/1/no', 'is used twice: 1']]],
    ['a day that does not exist', withStep({ at: '2024-02-30' }), [['/steps/0/at', 'must be a day']]],
    ['a step without a command', withStep({ do: { orderId: 'PO-1' } }), [['/steps/0/do/command', 'is missing']]],
    [
      'an unknown expectation',
      withStep({ expect: { positon: {} } }),
      [['/steps/0/expect/positon', 'is not known here']],
    ],
    [
      'an unknown bucket',
      withStep({ expect: { position: { TESLA: { H100: { opn: 0 } } } } }),
      [['/steps/0/expect/position/TESLA/H100/opn', 'is not known here']],
    ],
    [
      'units that are no integer',
      withStep({ expect: { position: { TESLA: { H100: { open: 0.5 } } } } }),
      [['/steps/0/expect/position/TESLA/H100/open', 'must be an integer']],
    ],
    [
      'a later step as known',
      withStep({
        expect: { asOf: [{ companyId: 'T', skuId: 'H', bucket: 'open', validAt: null, knownStep: 2, value: 0 }] },
      }),
      [['/steps/0/expect/asOf/0/knownStep', 'must be the number of this step or of one before it']],
    ],
  ])('refuses %s and says where', (_, content, problems) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    expect(refusedBy(text).map(({ pointer }) => pointer)).toEqual(problems.map(([pointer]) => pointer));
    expect(refusedBy(text).map(({ problem }) => problem)).toEqual(
      problems.map(([, problem]) => expect.stringContaining(problem ?? '')),
    );
  });

  it('finds every problem in one pass', () => {
    const broken = { ...scenario, clock: 'x', steps: [{ ...step, at: 'x', expect: { asOf: {} } }] };
    expect(refusedBy(JSON.stringify(broken)).map(({ pointer }) => pointer)).toEqual([
      '/clock',
      '/steps/0/at',
      '/steps/0/expect/asOf',
    ]);
  });
});

function withStep(changes: object): object {
  return { ...scenario, steps: [{ ...step, ...changes }] };
}

function refusedBy(text: string): ScenarioInvalid['problems'] {
  try {
    parseScenario(text);
  } catch (error) {
    if (error instanceof ScenarioInvalid) return error.problems;
    throw error;
  }
  return [];
}
