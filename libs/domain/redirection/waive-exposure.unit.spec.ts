import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { acceptReceipt, receiveShipment, registerSku } from '../fixtures/commands.ts';
import { correctReceipt } from '../fixtures/change-commands.ts';
import { waiveExposure } from '../fixtures/stock-commands.ts';
import { redirectedShipment } from '../fixtures/swap.ts';
import { shipped } from '../fixtures/worlds.ts';
import { positionOf } from '../position.ts';
import { exposureUnits } from './exposure.ts';

/** X owes TESLA 100 units. */
const owing = after(redirectedShipment, receiveShipment({ siteId: 'XDC' }), acceptReceipt());

describe('WaiveExposure', () => {
  it('forgives units that are owed', () => {
    expect(when(owing, waiveExposure())).toEqual([
      {
        type: 'ExposureWaived',
        stream: 'exposure/X:TESLA',
        data: { debtorId: 'X', creditorId: 'TESLA', skuId: 'H100', quantity: 40 },
      },
    ]);
    const { state } = after(owing, waiveExposure());
    expect(owed({ state })).toEqual([60, -60]);
    expect(positionOf(state, 'X', 'H100')).toEqual(positionOf(owing.state, 'X', 'H100'));
  });

  it('forgives all of it and no more', () => {
    const settled = after(owing, waiveExposure({ quantity: 100 }));
    expect(owed(settled)).toEqual([0, 0]);
    expect(codeOf(settled, waiveExposure({ quantity: 1 }))).toBe('MORE_THAN_OWED');
  });

  it('may leave the creditor owing, when a correction finds that less was taken', () => {
    const settled = after(owing, waiveExposure({ quantity: 100 }), correctReceipt());
    expect(owed(settled)).toEqual([-3, 3]);
    expect(codeOf(settled, waiveExposure({ debtorId: 'TESLA', creditorId: 'X', quantity: 3 }))).toBeNull();
  });

  const twoSkus = after(owing, registerSku({ skuId: 'B200' }));
  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['COMPANY_UNKNOWN', 'no debtor, and no such SKU', owing, waiveExposure({ debtorId: 'Y', skuId: 'B200' })],
    ['COMPANY_UNKNOWN', 'no creditor, and no such SKU', owing, waiveExposure({ creditorId: 'Y', skuId: 'B200' })],
    ['SKU_UNKNOWN', 'and tomorrow', owing, waiveExposure({ skuId: 'B200', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and too many', owing, waiveExposure({ quantity: 101, ...tomorrow })],
    ['MORE_THAN_OWED', 'by one unit', owing, waiveExposure({ quantity: 101 })],
    ['MORE_THAN_OWED', 'the other way round', owing, waiveExposure({ debtorId: 'TESLA', creditorId: 'X' })],
    ['MORE_THAN_OWED', 'of another SKU', twoSkus, waiveExposure({ skuId: 'B200' })],
    ['MORE_THAN_OWED', 'by nobody but itself', owing, waiveExposure({ debtorId: 'TESLA' })],
    ['MORE_THAN_OWED', 'before anything was redirected', shipped, waiveExposure()],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

function owed({ state }: Pick<Book, 'state'>): number[] {
  return [exposureUnits(state.exposures, 'X', 'TESLA', 'H100'), exposureUnits(state.exposures, 'TESLA', 'X', 'H100')];
}
