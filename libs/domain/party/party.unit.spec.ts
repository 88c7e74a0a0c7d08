import { codeOf, emptyBook, when, type Book, type Given } from '../fixtures/book.ts';
import { recordScreening, registerCompany, registerSku } from '../fixtures/commands.ts';
import { founded } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { areRelated, companyIdIgnoringCase } from '../ledger-lookups.ts';

describe('RegisterCompany', () => {
  it('registers a company', () => {
    expect(when(founded, registerCompany({ companyId: 'SPACEX', name: 'SpaceX', parentId: 'X' }))).toEqual([
      {
        type: 'CompanyRegistered',
        stream: 'company/SPACEX',
        data: {
          companyId: 'SPACEX',
          name: 'SpaceX',
          kind: 'buyer',
          headquartersCountry: 'US',
          parentId: 'X',
          controlledBy: null,
        },
      },
    ]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ALREADY_EXISTS', 'twice', founded, registerCompany({})],
    ['COMPANY_UNKNOWN', 'a parent nobody knows', founded, registerCompany({ companyId: 'A', parentId: 'B' })],
    ['COMPANY_UNKNOWN', 'its own parent', founded, registerCompany({ companyId: 'A', parentId: 'A' })],
    [
      'COMPANY_UNKNOWN',
      'before the day',
      founded,
      registerCompany({ companyId: 'A', parentId: 'B', on: '2024-01-02', today: '2024-01-01' }),
    ],
    [
      'EFFECTIVE_IN_FUTURE',
      'before it exists twice',
      founded,
      registerCompany({ on: '2024-01-02', today: '2024-01-01' }),
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('RegisterSku', () => {
  it('registers a SKU', () => {
    expect(when(emptyBook, registerSku())).toEqual([
      { type: 'SkuRegistered', stream: 'sku/H100', data: { skuId: 'H100', name: 'H100 80GB', wattsPerUnit: 700 } },
    ]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ALREADY_EXISTS', 'twice', founded, registerSku()],
    ['EFFECTIVE_IN_FUTURE', 'before it exists twice', founded, registerSku({ on: '2024-01-02', today: '2024-01-01' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('RecordScreening', () => {
  it('records the outcome', () => {
    expect(when(founded, recordScreening({ outcome: 'fail' }))).toEqual([
      {
        type: 'EndUserScreened',
        stream: 'company/X',
        data: { companyId: 'X', ruleset: 'US-EAR-2023-10', outcome: 'fail', validUntil: '2024-12-31' },
      },
    ]);
  });

  it('may be dated before an earlier one: the latest recorded counts', () => {
    const book = after(founded, recordScreening({ on: '2024-02-02' }), recordScreening({ outcome: 'fail' }));
    expect(book.state.parties.screenings.get('X')?.outcome).toBe('fail');
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    [
      'COMPANY_UNKNOWN',
      'nobody to screen',
      founded,
      recordScreening({ companyId: 'Y', on: '2024-01-02', today: '2024-01-01' }),
    ],
    ['EFFECTIVE_IN_FUTURE', 'tomorrow', founded, recordScreening({ on: '2024-01-02', today: '2024-01-01' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('companies', () => {
  it('are found whatever the case of their id, the first registered where two differ in case alone', () => {
    const { state } = after(founded, registerCompany({ companyId: 'Tesla' }));
    expect(['tesla', 'TeSlA', 'xai', 'y'].map((name) => companyIdIgnoringCase(state, name))).toEqual([
      'TESLA',
      'TESLA',
      'XAI',
      undefined,
    ]);
  });

  it.each([
    ['X', 'TESLA', true, 'by who controls them'],
    ['X', 'XAI', true, 'by the topmost parent'],
    ['XAI', 'GROK', true, 'by a common parent two levels up'],
    ['TESLA', 'NVIDIA', false, 'controlled by nobody known and by somebody'],
    ['NVIDIA', 'XAI', false, 'both controlled by nobody known'],
    ['TESLA', 'NOBODY', false, 'not registered'],
  ])('%s and %s: %s (%s)', (a, b, expected) => {
    const { state } = after(founded, registerCompany({ companyId: 'GROK', parentId: 'XAI' }));
    expect([areRelated(state, a, b), areRelated(state, b, a)]).toEqual([expected, expected]);
  });
});
