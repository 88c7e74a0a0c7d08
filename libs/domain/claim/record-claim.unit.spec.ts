import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { recordClaim } from '../fixtures/stock-commands.ts';
import { founded } from '../fixtures/worlds.ts';

describe('RecordClaim', () => {
  const said = {
    ...{ claimId: 'CL-1', companyId: 'TESLA', metric: 'accepted', low: 35_000, high: 85_000 },
    ...{ statedOn: '2023-12-31', speaker: 'The chief executive', source: 'Earnings call' },
    quote: 'From 35,000 to 85,000 by the end of the year',
  };

  it('notes what was said, when and where, over all SKUs', () => {
    expect(when(founded, recordClaim())).toEqual([
      { type: 'PublicClaimRecorded', stream: 'claim/CL-1', data: { ...said, skuId: null, horizon: null } },
    ]);
    expect(after(founded, recordClaim()).state.claims.get('CL-1')).toMatchObject(said);
  });

  it('of one SKU by a day', () => {
    const command = recordClaim({ skuId: 'H100', metric: 'supplyBy', horizon: '2024-12-31' });
    expect(when(founded, command)).toMatchObject([
      { data: { skuId: 'H100', metric: 'supplyBy', horizon: '2024-12-31' } },
    ]);
  });

  it('whenever it was stated, also before the ledger began or after today', () => {
    expect(codeOf(founded, recordClaim({ statedOn: '2019-01-01' }))).toBeNull();
    expect(codeOf(founded, recordClaim({ statedOn: '2029-01-01' }))).toBeNull();
  });

  const claimed = after(founded, recordClaim());
  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['COMPANY_UNKNOWN', 'and no such SKU', claimed, recordClaim({ companyId: 'Y', skuId: 'B200' })],
    ['SKU_UNKNOWN', 'and tomorrow', claimed, recordClaim({ skuId: 'B200', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and twice', claimed, recordClaim(tomorrow)],
    ['ALREADY_EXISTS', 'twice, of another company', claimed, recordClaim({ companyId: 'X' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
