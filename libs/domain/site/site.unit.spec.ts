import { codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { registerSite, reportCapacityUnavailable } from '../fixtures/commands.ts';
import { founded } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { usableUnitsOn } from './capacity.ts';

describe('RegisterSite', () => {
  it('registers a site, usable from the day on', () => {
    const command = registerSite({
      siteId: 'BAY',
      kind: 'warehouse',
      designUnits: 9,
      usableUnits: 9,
      on: '2024-01-05',
    });
    expect(when(founded, command)).toEqual([
      {
        type: 'SiteRegistered',
        stream: 'site/BAY',
        data: { siteId: 'BAY', companyId: 'TESLA', kind: 'warehouse', designUnits: 9, usableUnits: 9 },
      },
    ]);
    const site = after(founded, command).state.sites.get('BAY');
    expect(['2024-01-04', '2024-01-05'].map((day) => usableUnitsOn(site?.capacity ?? [], day))).toEqual([0, 9]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    [
      'COMPANY_UNKNOWN',
      'nobody owns it',
      founded,
      registerSite({ companyId: 'Y', on: '2024-01-02', today: '2024-01-01' }),
    ],
    ['EFFECTIVE_IN_FUTURE', 'tomorrow', founded, registerSite({ on: '2024-01-02', today: '2024-01-01' })],
    ['ALREADY_EXISTS', 'twice, and too big', founded, registerSite({ usableUnits: 1001 })],
    ['ABOVE_DESIGN_CAPACITY', 'more usable than designed', founded, registerSite({ siteId: 'BAY', usableUnits: 1001 })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('ReportCapacityUnavailable', () => {
  const reduced = after(founded, reportCapacityUnavailable({ usableUnits: 400, from: '2024-03-01', on: '2024-02-01' }));

  it('says what is usable from a day on; the forecast restores nothing', () => {
    const command = reportCapacityUnavailable({ expectedReady: '2024-07-15' });
    expect(when(founded, command)).toEqual([
      {
        type: 'CapacityUnavailable',
        stream: 'site/AUSTIN',
        data: {
          siteId: 'AUSTIN',
          companyId: 'TESLA',
          usableUnits: 0,
          from: '2024-02-01',
          expectedReady: '2024-07-15',
          cause: 'construction',
        },
      },
    ]);
    expect(usable(after(founded, command), '2024-01-31', '2024-02-01', '2024-07-15')).toEqual([1000, 0, 0]);
  });

  it('cancels what was recorded earlier for a later day, and takes the place of the same day', () => {
    const days = ['2024-02-14', '2024-02-15', '2024-03-01'];
    const earlier = reportCapacityUnavailable({ usableUnits: 700, from: '2024-02-15', on: '2024-02-01' });
    expect(usable(reduced, ...days)).toEqual([1000, 1000, 400]);
    expect(usable(after(reduced, earlier), ...days)).toEqual([1000, 700, 700]);
    expect(after(reduced, earlier).state.sites.get('AUSTIN')).toMatchObject({
      capacity: [
        { from: '2024-01-01', usableUnits: 1000 },
        { from: '2024-02-15', usableUnits: 700 },
      ],
      usable: { units: [1000, -300] },
    });
    const sameDay = reportCapacityUnavailable({ usableUnits: 300, from: '2024-03-01', on: '2024-02-01' });
    expect(usable(after(reduced, sameDay), ...days)).toEqual([1000, 1000, 300]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    [
      'SITE_UNKNOWN',
      'no such site',
      founded,
      reportCapacityUnavailable({ siteId: 'BAY', on: '2024-01-02', today: '2024-01-01' }),
    ],
    [
      'EFFECTIVE_IN_FUTURE',
      'tomorrow, and before the last',
      reduced,
      reportCapacityUnavailable({ on: '2024-01-02', today: '2024-01-01' }),
    ],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before the last notice, and no less',
      reduced,
      reportCapacityUnavailable({ usableUnits: 5000, on: '2024-01-31' }),
    ],
    ['CAPACITY_NOT_REDUCED', 'as much as was usable', founded, reportCapacityUnavailable({ usableUnits: 1000 })],
    [
      'CAPACITY_NOT_REDUCED',
      'as much as the earlier notice left',
      reduced,
      reportCapacityUnavailable({ usableUnits: 400, from: '2024-03-02', on: '2024-02-01' }),
    ],
    ['CAPACITY_NOT_REDUCED', 'before the site was there', founded, reportCapacityUnavailable({ from: '2023-12-31' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  function usable({ state }: Book, ...days: string[]): number[] {
    return days.map((day) => usableUnitsOn(state.sites.get('AUSTIN')?.capacity ?? [], day));
  }
});
