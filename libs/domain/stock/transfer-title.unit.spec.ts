import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { acceptReceipt, receiveShipment, recordOpeningBalance, recordScreening } from '../fixtures/commands.ts';
import { energiseUnits, moveStock, transferTitle } from '../fixtures/stock-commands.ts';
import { redirectedShipment, screenedX } from '../fixtures/swap.ts';
import { founded } from '../fixtures/worlds.ts';
import { positionOf } from '../position.ts';

/** TESLA has 10 units of L1 at AUSTIN since 2024-01-05, 3 of them energised; X is screened. */
const standing = after(founded, recordOpeningBalance({ energised: 3, on: '2024-01-05' }));
const screened = after(standing, screenedX);
const on = '2024-01-06';

describe('TransferTitle', () => {
  it('makes units that stand another company’s, where they stand', () => {
    expect(when(screened, transferTitle({ on }))).toEqual([
      {
        type: 'TitleTransferred',
        stream: 'lot/L1',
        data: {
          ...{ lotId: 'L1', skuId: 'H100', siteId: 'AUSTIN', quantity: 4 },
          ...{ fromCompanyId: 'TESLA', toCompanyId: 'X' },
        },
      },
    ]);
    const { state } = after(screened, transferTitle({ on }));
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ accepted: 6, energised: 3 });
    expect(positionOf(state, 'X', 'H100')).toMatchObject({ accepted: 4, energised: 0 });
    expect(state.sites).toEqual(screened.state.sites);
    expect(state.stock.get('L1')?.holdings).toEqual([
      { companyId: 'TESLA', siteId: 'AUSTIN', units: 6, energisedUnits: 3 },
      { companyId: 'X', siteId: 'AUSTIN', units: 4, energisedUnits: 0 },
    ]);
  });

  it('lets the receiver energise, move and pass on what it got', () => {
    const theirs = after(screened, transferTitle({ on }), recordScreening({ companyId: 'XAI', on }));
    expect(codeOf(theirs, energiseUnits({ companyId: 'X', on }))).toBeNull();
    const home = moveStock({ companyId: 'X', toSiteId: 'XDC', on });
    expect(codeOf(theirs, home)).toBeNull();
    expect(codeOf(theirs, transferTitle({ fromCompanyId: 'X', toCompanyId: 'XAI', on }))).toBeNull();
    expect(codeOf(theirs, transferTitle({ fromCompanyId: 'X', toCompanyId: 'XAI', quantity: 5, on }))).toBe(
      'UNITS_NOT_THERE',
    );
  });

  it('changes neither what is owed nor the money', () => {
    const delivered = after(redirectedShipment, receiveShipment({ siteId: 'XDC' }), acceptReceipt());
    const back = transferTitle({ fromCompanyId: 'X', toCompanyId: 'TESLA', siteId: 'XDC', lotId: 'S1', quantity: 100 });
    const { state } = after(delivered, back);
    expect(state.exposures).toEqual(delivered.state.exposures);
    expect(state.funds).toEqual(delivered.state.funds);
    expect(positionOf(state, 'TESLA', 'H100').accepted).toBe(100);
  });

  it('asks for a screening that is valid on the day, inclusive', () => {
    const until = (validUntil: string) => after(standing, recordScreening({ companyId: 'X', validUntil }));
    expect(codeOf(until('2024-01-06'), transferTitle({ on }))).toBeNull();
    expect(codeOf(until('2024-01-05'), transferTitle({ on }))).toBe('END_USER_NOT_SCREENED');
    expect(codeOf(until('2024-01-06'), transferTitle({ on, today: '2024-02-01' }))).toBeNull();
  });

  const failed = after(screened, recordScreening({ companyId: 'X', outcome: 'fail' }));
  const lost = { lotId: 'L9', on };
  const tomorrow = { on: '2024-01-08', today: '2024-01-07' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['COMPANY_UNKNOWN', 'from, and no such site', screened, transferTitle({ fromCompanyId: 'Y', siteId: 'BAY' })],
    ['SITE_UNKNOWN', 'and tomorrow', screened, transferTitle({ siteId: 'BAY', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and to nobody', screened, transferTitle({ toCompanyId: 'Y', ...tomorrow })],
    ['EFFECTIVE_BEFORE_STREAM', 'and to nobody', screened, transferTitle({ toCompanyId: 'Y', on: '2024-01-04' })],
    ['COMPANY_UNKNOWN', 'to, and no such lot', screened, transferTitle({ toCompanyId: 'Y', ...lost })],
    ['SAME_COMPANY', 'not screened, and no such lot', screened, transferTitle({ toCompanyId: 'TESLA', ...lost })],
    ['END_USER_NOT_SCREENED', 'never, and no such lot', standing, transferTitle(lost)],
    ['END_USER_NOT_SCREENED', 'failed since', failed, transferTitle({ on })],
    ['LOT_UNKNOWN', 'no such lot', screened, transferTitle(lost)],
    ['UNITS_NOT_THERE', 'one of them energised', screened, transferTitle({ quantity: 8, on })],
    ['UNITS_NOT_THERE', 'at another site', screened, transferTitle({ siteId: 'WH1', on })],
    ['UNITS_NOT_THERE', 'another company’s', screened, transferTitle({ fromCompanyId: 'XAI', on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
