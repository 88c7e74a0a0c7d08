import { type CommandRoute, commandRoutes } from '../api/command-routes.ts';
import type { Scenario, ScenarioStep } from './scenario-file.ts';
import { PathFieldMissing, stepRequest } from './step-request.ts';

const routes = commandRoutes({
  paths: {
    '/v1/ledgers/{ledger}/orders': { post: { 'x-command': 'PlaceOrder' } },
    '/v1/ledgers/{ledger}/orders/{orderId}/tranches/{trancheId}/confirmations': {
      post: { 'x-command': 'ConfirmTranche' },
    },
    '/v1/ledgers/{ledger}/positions': {},
    '/demo/token': { post: {} },
  },
});
const scenario: Scenario = {
  title: 'A story',
  ledger: 'story-1',
  clock: 'simulated',
  currency: 'USD',
  branchOf: null,
  steps: [],
};
const step: ScenarioStep = {
  no: 3,
  at: '2024-01-02',
  by: 'nvidia-desk',
  command: 'ConfirmTranche',
  fields: { orderId: 'PO-1', trancheId: 'a.b', promisedDate: '2024-03-01' },
  reject: null,
  expectations: [],
};

describe('commandRoutes', () => {
  it('finds commands by x-command alone', () => {
    expect([...routes.keys()]).toEqual(['PlaceOrder', 'ConfirmTranche']);
    expect(routeOf('ConfirmTranche').parameters).toEqual(['ledger', 'orderId', 'trancheId']);
  });

  it('finds none in a document without paths', () => {
    expect(commandRoutes({}).size).toBe(0);
  });
});

describe('stepRequest', () => {
  it('puts path parameters into the path and the rest into the body', () => {
    const { path, body } = stepRequest(scenario, step, routeOf('ConfirmTranche'));
    expect(path).toBe('/v1/ledgers/story-1/orders/PO-1/tranches/a.b/confirmations');
    expect(body).toEqual({ effectiveAt: '2024-01-02', promisedDate: '2024-03-01' });
  });

  it('escapes what goes into the path', () => {
    const odd = { ...step, fields: { ...step.fields, orderId: 'a/../b?c' } };
    expect(stepRequest(scenario, odd, routeOf('ConfirmTranche')).path).toContain('/orders/a%2F..%2Fb%3Fc/tranches/');
  });

  it('records a backdated step on its day', () => {
    const backdated = { ...step, fields: { ...step.fields, effectiveAt: '2023-12-01' } };
    expect(stepRequest(scenario, backdated, routeOf('ConfirmTranche')).body).toEqual({
      effectiveAt: '2023-12-01',
      recordedOn: '2024-01-02',
      promisedDate: '2024-03-01',
    });
  });

  it('leaves the day of recording to a system clock', () => {
    const backdated = { ...step, fields: { ...step.fields, effectiveAt: '2023-12-01' } };
    const { body } = stepRequest({ ...scenario, clock: 'system' }, backdated, routeOf('ConfirmTranche'));
    expect(body).toEqual({ effectiveAt: '2023-12-01', promisedDate: '2024-03-01' });
  });

  it('has one idempotency key for one content, whatever the order of its fields and whatever it expects', () => {
    const { orderId, trancheId, promisedDate } = step.fields;
    const same = { ...step, fields: { promisedDate, trancheId, orderId }, reject: 'NOTHING_OPEN' };
    expect(keyOf(same)).toBe(keyOf(step));
    expect(keyOf(step)).toMatch(/^scenario:story-1:3:[0-9a-f]{16}$/);
  });

  it.each([
    ['the number', { no: 4 }],
    ['the day', { at: '2024-01-03' }],
    ['the actor', { by: 'x-desk' }],
    ['a field', { fields: { ...step.fields, promisedDate: '2024-03-02' } }],
  ])('has another idempotency key when %s differs', (_, change) => {
    expect(keyOf({ ...step, ...change })).not.toBe(keyOf(step));
  });

  it('refuses a step without a field that the path needs', () => {
    const incomplete = { ...step, fields: { orderId: 'PO-1' } };
    expect(() => stepRequest(scenario, incomplete, routeOf('ConfirmTranche'))).toThrow(
      new PathFieldMissing('ConfirmTranche', 'trancheId'),
    );
  });
});

function routeOf(command: string): CommandRoute {
  const route = routes.get(command);
  if (route === undefined) throw new Error(`no route for ${command}`);
  return route;
}

function keyOf(each: ScenarioStep): string {
  return stepRequest(scenario, each, routeOf('ConfirmTranche')).idempotencyKey;
}
