import { PersistentMap } from '#libs/kernel';
import { mapsOf, outlineOf, stateOf } from './plain.ts';

const orders = PersistentMap.from([['O1', { units: 3 }]]);
const pairs = PersistentMap.from([['A/B', 5]]);
const state = { orders, funds: { pairs, limits: [1, { cents: null }] }, title: null, count: 7 };

describe('the outline of a state', () => {
  it('names the maps by path and size, and holds all else', () => {
    expect([...mapsOf(state)]).toEqual([
      ['.orders', orders],
      ['.funds.pairs', pairs],
    ]);
    expect(outlineOf(state)).not.toContain('O1');
    const asked: unknown[] = [];
    const restored = stateOf(outlineOf(state), (path, size) => {
      asked.push([path, size]);
      return path === '.orders' ? orders : pairs;
    }) as typeof state;
    expect(asked).toEqual([
      ['.orders', 1],
      ['.funds.pairs', 1],
    ]);
    expect([restored.orders.get('O1'), restored.funds.pairs.get('A/B')]).toEqual([{ units: 3 }, 5]);
    expect([restored.funds.limits, restored.title, restored.count]).toEqual([state.funds.limits, null, 7]);
  });

  it('has a map that lies in a list of it, and a state that is a map or no object', () => {
    const inList = stateOf(outlineOf({ list: [orders] }), () => pairs) as {
      list: [typeof orders];
    };
    expect(inList.list[0].get('O1')).toEqual({ units: 3 });
    expect([...mapsOf(orders)]).toEqual([['', orders]]);
    const map = stateOf(outlineOf(orders), () => orders) as typeof orders;
    expect(map.get('O1')).toEqual({ units: 3 });
    expect(stateOf(outlineOf(12), () => orders as PersistentMap<unknown>)).toBe(12);
  });
});
