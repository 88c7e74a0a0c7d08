import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { placeOrder, recordOpeningBalance, registerSite, reportCapacityUnavailable } from '../fixtures/commands.ts';
import { tranche } from '../fixtures/commands.ts';
import { energiseUnits, moveStock } from '../fixtures/stock-commands.ts';
import { founded } from '../fixtures/worlds.ts';
import { positionOf } from '../position.ts';

/** TESLA has 10 units of L1 at AUSTIN since 2024-01-05, 3 of them energised. */
const standing = after(founded, recordOpeningBalance({ energised: 3, on: '2024-01-05' }));
const on = '2024-01-06';

describe('MoveStock', () => {
  it('takes units that stand to another site of their company', () => {
    expect(when(standing, moveStock({ on }))).toEqual([
      {
        type: 'StockMoved',
        stream: 'lot/L1',
        data: {
          ...{ lotId: 'L1', companyId: 'TESLA', skuId: 'H100' },
          ...{ fromSiteId: 'AUSTIN', toSiteId: 'WH1', quantity: 4 },
        },
      },
    ]);
    const { state } = after(standing, moveStock({ on }));
    expect(['AUSTIN', 'WH1'].map((siteId) => state.sites.get(siteId)?.standingUnits)).toEqual([6, 4]);
    expect(positionOf(state, 'TESLA', 'H100')).toEqual(positionOf(standing.state, 'TESLA', 'H100'));
    expect(state.stock.get('L1')?.holdings).toEqual([
      { companyId: 'TESLA', siteId: 'AUSTIN', units: 6, energisedUnits: 3 },
      { companyId: 'TESLA', siteId: 'WH1', units: 4, energisedUnits: 0 },
    ]);
  });

  it('takes all that is not energised, and nothing is left to take', () => {
    const moved = after(standing, moveStock({ quantity: 7, on }));
    expect(codeOf(moved, moveStock({ quantity: 1, on }))).toBe('UNITS_NOT_THERE');
    const all = after(moved, moveStock({ fromSiteId: 'WH1', toSiteId: 'AUSTIN', quantity: 7, on }));
    expect(all.state.stock.get('L1')?.holdings).toEqual([
      { companyId: 'TESLA', siteId: 'AUSTIN', units: 10, energisedUnits: 3 },
    ]);
  });

  it('takes them out of a site that has too many', () => {
    const reduced = after(standing, reportCapacityUnavailable({ on: '2024-01-05', from: '2024-01-05' }));
    expect(codeOf(reduced, moveStock({ on }))).toBeNull();
    const back = after(reduced, moveStock({ on }), moveStock({ quantity: 1, on }));
    expect(codeOf(back, moveStock({ fromSiteId: 'WH1', toSiteId: 'AUSTIN', quantity: 1, on }))).toBe(
      'SITE_CAPACITY_EXCEEDED',
    );
  });

  it('makes the room that they leave', () => {
    const full = after(standing, recordOpeningBalance({ lotId: 'L2', quantity: 990, on }));
    const order = placeOrder({ tranches: [tranche({ quantity: 4 })], on });
    expect([codeOf(full, order), codeOf(after(full, moveStock({ on })), order)]).toEqual([
      'SITE_CAPACITY_EXCEEDED',
      null,
    ]);
  });

  const crowded = after(standing, recordOpeningBalance({ siteId: 'WH1', lotId: 'L2', quantity: 997, on }));
  const dark = after(standing, energiseUnits({ quantity: 7, on }));
  const future = { on: '2024-01-08', today: '2024-01-07' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['COMPANY_UNKNOWN', 'and from nowhere', standing, moveStock({ companyId: 'Y', fromSiteId: 'BAY', on })],
    ['SITE_UNKNOWN', 'from, and tomorrow', standing, moveStock({ fromSiteId: 'BAY', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and to nowhere', standing, moveStock({ toSiteId: 'BAY', ...future })],
    ['EFFECTIVE_BEFORE_STREAM', 'and to nowhere', standing, moveStock({ toSiteId: 'BAY', on: '2024-01-04' })],
    ['SITE_UNKNOWN', 'to, and no such lot', standing, moveStock({ toSiteId: 'BAY', lotId: 'L9', on })],
    ['LOT_UNKNOWN', 'and to the same site', standing, moveStock({ toSiteId: 'AUSTIN', lotId: 'L9', on })],
    ['UNITS_NOT_THERE', 'none there, and to the same', standing, moveStock({ fromSiteId: 'WH1', on })],
    ['UNITS_NOT_THERE', 'none of theirs, and to another’s', standing, moveStock({ companyId: 'X', on })],
    ['SAME_SITE', 'and too many', standing, moveStock({ toSiteId: 'AUSTIN', quantity: 11, on })],
    ['SITE_NOT_THEIRS', 'and too many', standing, moveStock({ toSiteId: 'XDC', quantity: 11, on })],
    ['UNITS_NOT_THERE', 'one of them energised, and full', crowded, moveStock({ quantity: 8, on })],
    ['UNITS_NOT_THERE', 'all of them energised', dark, moveStock({ quantity: 1, on })],
    ['SITE_CAPACITY_EXCEEDED', 'by one unit', crowded, moveStock({ on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  it('is judged from its own day on', () => {
    const bay = after(standing, registerSite({ siteId: 'BAY', on: '2024-01-10' }));
    expect(codeOf(bay, moveStock({ toSiteId: 'BAY', on: '2024-01-09', today: '2024-01-10' }))).toBe(
      'SITE_CAPACITY_EXCEEDED',
    );
    expect(codeOf(bay, moveStock({ toSiteId: 'BAY', on: '2024-01-10' }))).toBeNull();
  });
});
