import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { recordOpeningBalance } from '../fixtures/commands.ts';
import { energiseUnits, moveStock } from '../fixtures/stock-commands.ts';
import { founded } from '../fixtures/worlds.ts';
import { positionOf } from '../position.ts';

/** TESLA has 10 units of L1 at AUSTIN since 2024-01-05, 3 of them energised, and 5 of L2 in the warehouse. */
const standing = after(
  founded,
  recordOpeningBalance({ energised: 3, on: '2024-01-05' }),
  recordOpeningBalance({ lotId: 'L2', siteId: 'WH1', quantity: 5 }),
);
const on = '2024-01-06';
const stored = { lotId: 'L2', siteId: 'WH1', on };

describe('EnergiseUnits', () => {
  it('energises units that stand at a datacenter', () => {
    expect(when(standing, energiseUnits({ on }))).toEqual([
      {
        type: 'UnitsEnergised',
        stream: 'lot/L1',
        data: { lotId: 'L1', companyId: 'TESLA', skuId: 'H100', siteId: 'AUSTIN', quantity: 4 },
      },
    ]);
    const { state } = after(standing, energiseUnits({ on }));
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ accepted: 15, energised: 7 });
    expect(state.sites).toEqual(standing.state.sites);
  });

  it('energises all, and no more', () => {
    const all = after(standing, energiseUnits({ quantity: 7, on }));
    expect(positionOf(all.state, 'TESLA', 'H100').energised).toBe(10);
    expect(codeOf(all, energiseUnits({ quantity: 1, on }))).toBe('UNITS_NOT_THERE');
  });

  it('energises what came from a warehouse', () => {
    const moved = after(standing, moveStock({ lotId: 'L2', fromSiteId: 'WH1', toSiteId: 'AUSTIN', quantity: 5, on }));
    expect(codeOf(moved, energiseUnits({ lotId: 'L2', quantity: 5, on }))).toBeNull();
  });

  const future = { on: '2024-01-08', today: '2024-01-07' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['COMPANY_UNKNOWN', 'and no such site', standing, energiseUnits({ companyId: 'Y', siteId: 'BAY', on })],
    ['SITE_UNKNOWN', 'and tomorrow', standing, energiseUnits({ siteId: 'BAY', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and no such lot', standing, energiseUnits({ lotId: 'L9', ...future })],
    ['EFFECTIVE_BEFORE_STREAM', 'and too many', standing, energiseUnits({ quantity: 8, on: '2024-01-04' })],
    ['LOT_UNKNOWN', 'and at a warehouse', standing, energiseUnits({ ...stored, lotId: 'L9' })],
    ['UNITS_NOT_THERE', 'none there, and a warehouse', standing, energiseUnits({ ...stored, lotId: 'L1' })],
    ['UNITS_NOT_THERE', 'none of theirs', standing, energiseUnits({ companyId: 'X', on })],
    ['SITE_CANNOT_ENERGISE', 'and too many', standing, energiseUnits({ ...stored, quantity: 6 })],
    ['UNITS_NOT_THERE', 'one of them energised', standing, energiseUnits({ quantity: 8, on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
