import { measuredAmounts } from './rows.ts';

describe('what an effect adds to a line', () => {
  it('is in one order, whatever order its causes are kept in', () => {
    const measuresOf = (causes: object) =>
      measuredAmounts({ lineId: 'PO-1/A', adds: { quantity: 2, dateChanges: 1, causes } }).map(
        ({ measure, amount }) => `${measure} ${amount}`,
      );
    const inOrder = ['quantity 2', 'dateChanges 1', 'slip:carrier 3', 'slip:dispatch 4', 'slip:supplier 5'];
    expect(measuresOf({ supplier: 5, carrier: 3, dispatch: 4 })).toEqual(inOrder);
    expect(measuresOf({ dispatch: 4, supplier: 5, carrier: 3, site: 0 })).toEqual(inOrder);
  });
});
