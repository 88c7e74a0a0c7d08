import { codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { dispatchShipment, recordOpeningBalance } from '../fixtures/commands.ts';
import { approved, founded, shipped } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { positionOf } from '../position.ts';

describe('RecordOpeningBalance', () => {
  it('puts a lot on the site', () => {
    const command = recordOpeningBalance({ quantity: 10, energised: 4 });
    expect(when(founded, command)).toEqual([
      {
        type: 'OpeningBalanceRecorded',
        stream: 'lot/L1',
        data: { lotId: 'L1', companyId: 'TESLA', siteId: 'AUSTIN', skuId: 'H100', quantity: 10, energised: 4 },
      },
    ]);
    const { state } = after(founded, command);
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ accepted: 10, energised: 4, open: 0 });
    expect(state.sites.get('AUSTIN')?.standingUnits).toBe(10);
  });

  it('fills the site to the last unit', () => {
    expect(codeOf(founded, recordOpeningBalance({ quantity: 1000 }))).toBeNull();
  });

  it('keeps units that are not energised at a warehouse', () => {
    expect(codeOf(founded, recordOpeningBalance({ siteId: 'WH1', energised: 0 }))).toBeNull();
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['COMPANY_UNKNOWN', 'and no such site', founded, recordOpeningBalance({ companyId: 'Y', siteId: 'BAY' })],
    ['SITE_UNKNOWN', 'and no such SKU', founded, recordOpeningBalance({ siteId: 'BAY', skuId: 'B200' })],
    ['SITE_NOT_THEIRS', 'and no such SKU', founded, recordOpeningBalance({ siteId: 'XDC', skuId: 'B200' })],
    [
      'SKU_UNKNOWN',
      'and tomorrow',
      founded,
      recordOpeningBalance({ skuId: 'B200', on: '2024-01-02', today: '2024-01-01' }),
    ],
    [
      'EFFECTIVE_IN_FUTURE',
      'and a lot that is there',
      after(founded, recordOpeningBalance({})),
      recordOpeningBalance({ on: '2024-01-02', today: '2024-01-01' }),
    ],
    [
      'ALREADY_EXISTS',
      'a lot twice, and too many energised',
      after(founded, recordOpeningBalance({})),
      recordOpeningBalance({ energised: 11 }),
    ],
    ['ALREADY_EXISTS', 'a shipment of that id', shipped, recordOpeningBalance({ lotId: 'S1' })],
    [
      'ALREADY_EXISTS',
      'the other way round',
      after(approved, recordOpeningBalance({ lotId: 'S1' })),
      dispatchShipment(),
    ],
    [
      'UNITS_NOT_THERE',
      'more energised than there are, at a warehouse',
      founded,
      recordOpeningBalance({ siteId: 'WH1', energised: 11 }),
    ],
    [
      'SITE_CANNOT_ENERGISE',
      'energised at a warehouse, and too many',
      founded,
      recordOpeningBalance({ siteId: 'WH1', quantity: 1001, energised: 1 }),
    ],
    ['SITE_CAPACITY_EXCEEDED', 'one too many', founded, recordOpeningBalance({ quantity: 1001 })],
    ['SITE_CAPACITY_EXCEEDED', 'before the site was there', founded, recordOpeningBalance({ on: '2023-12-31' })],
    [
      'SITE_CAPACITY_EXCEEDED',
      'no room left when what is ordered comes',
      approved,
      recordOpeningBalance({ quantity: 901 }),
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
