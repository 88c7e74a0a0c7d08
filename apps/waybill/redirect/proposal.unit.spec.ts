import { legsIn } from './legs.ts';
import { moneyMoves, siteChanges, type ProposedLeg } from './proposal.ts';

const leg = (changes: Partial<ProposedLeg>): ProposedLeg & { readonly unitPriceCents: number } => ({
  ...{ leg: 1, orderId: 'O', trancheId: 'T', shipmentId: null, skuId: 'H', quantity: 10, expectedDate: '2024-03-01' },
  ...{ fromCompanyId: 'A', fromSiteId: 'A1', toCompanyId: 'B', toSiteId: 'B1', unitPriceCents: 7, ...changes },
});
const back = { fromCompanyId: 'B', fromSiteId: 'B1', toCompanyId: 'A', toSiteId: 'A1' };

describe('legs', () => {
  it('are shipments or tranches, with a company and its site', () => {
    expect(legsIn('SH-1:X:XDC,PO-1/J:T:WH1')).toEqual([
      { shipmentId: 'SH-1', toCompanyId: 'X', toSiteId: 'XDC' },
      { orderId: 'PO-1', trancheId: 'J', toCompanyId: 'T', toSiteId: 'WH1' },
    ]);
  });

  it.each(['', 'SH-1', 'SH-1:X', 'SH-1:X:', 'a/b/c:X:Y', '/b:X:Y', 'SH-1:X:Y:Z', 'SH-1:X:Y,', 'S H:X:Y'])(
    '%j is none',
    (text) => expect(() => legsIn(text)).toThrow(expect.objectContaining({ code: 'USAGE' })),
  );
});

describe('units at sites', () => {
  it('go and come on the day they are expected, later days with what came before', () => {
    const legs = [
      leg({}),
      leg({ ...back, quantity: 4, expectedDate: '2024-05-01' }),
      leg({ fromSiteId: null, quantity: 1 }),
    ];
    expect(siteChanges(legs)).toEqual([
      { siteId: 'A1', from: '2024-03-01', units: -10 },
      { siteId: 'A1', from: '2024-05-01', units: -6 },
      { siteId: 'B1', from: '2024-03-01', units: 11 },
      { siteId: 'B1', from: '2024-05-01', units: 7 },
    ]);
  });
});

describe('money', () => {
  it('goes with the units, net by company, exact beyond the safe integers', () => {
    const quantity = 4_000_000_000_001;
    expect(
      moneyMoves([
        leg({ quantity }),
        { ...leg({ ...back, quantity: 1 }), unitPriceCents: 9 },
        { ...leg({ quantity }), unitPriceCents: 5_001 },
      ]),
    ).toEqual([
      { companyId: 'A', deltaCents: -20_032_000_000_004_999n },
      { companyId: 'B', deltaCents: 20_032_000_000_004_999n },
    ]);
    expect(moneyMoves([leg({}), leg(back)])).toEqual([]);
  });
});
