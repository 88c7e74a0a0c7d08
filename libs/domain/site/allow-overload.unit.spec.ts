import type { Day } from '#libs/kernel';
import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { recordOpeningBalance, reportCapacityUnavailable } from '../fixtures/commands.ts';
import { allowOverload, restoreCapacity } from '../fixtures/stock-commands.ts';
import { founded } from '../fixtures/worlds.ts';
import { breaches } from './headroom.ts';

/** AUSTIN is full with 100 units, and will have room for 900 more from 2024-02-11 on. */
const full = after(
  founded,
  reportCapacityUnavailable({ usableUnits: 100, from: '2024-01-01' }),
  restoreCapacity({ usableUnits: 1000, from: '2024-02-11' }),
  recordOpeningBalance({ quantity: 100 }),
);
const on = '2024-02-01';
const allowed = after(full, allowOverload({ on }));

describe('AllowOverload', () => {
  it('tolerates units above usable on a site', () => {
    expect(when(full, allowOverload({ on }))).toEqual([
      {
        type: 'OverloadAllowed',
        stream: 'site/AUSTIN',
        data: {
          ...{ overrideId: 'OV-1', siteId: 'AUSTIN', companyId: 'TESLA', units: 50 },
          ...{ until: '2024-02-10', reason: 'cooling rented' },
        },
      },
    ]);
    expect([roomOn(full, on), roomOn(allowed, on)]).toEqual([0, 50]);
  });

  it('from its day to the last, inclusive', () => {
    const untilEve = after(full, allowOverload({ until: '2024-02-09', on }));
    expect(when(untilEve, more(1, on))).toMatchObject({
      code: 'SITE_CAPACITY_EXCEEDED',
      fields: { day: '2024-02-10' },
    });
    expect(roomOn(allowed, '2024-02-10')).toBe(50);
    expect(when(allowed, more(1, '2024-01-31'))).toMatchObject({ fields: { day: '2024-01-31' } });
  });

  it('adds up with others', () => {
    const twice = after(allowed, allowOverload({ overrideId: 'OV-2', units: 7, until: '2024-03-01', on }));
    expect(roomOn(twice, on)).toBe(57);
    const shorter = after(allowed, allowOverload({ overrideId: 'OV-2', units: 7, until: '2024-02-09', on }));
    expect(roomOn(shorter, on)).toBe(50);
  });

  it('leaves the breaches listed that it tolerates', () => {
    const over = after(allowed, more(50, on));
    expect(breaches(over.state.sites, on)).toEqual([{ siteId: 'AUSTIN', units: 50 }]);
  });

  it('may be for a single day', () => {
    expect(codeOf(full, allowOverload({ until: on, on }))).toBeNull();
  });

  const tomorrow = { on: '2024-02-02', today: on };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SITE_UNKNOWN', 'and tomorrow', allowed, allowOverload({ siteId: 'BAY', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and twice', allowed, allowOverload(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'and twice', allowed, allowOverload({ on: '2024-01-31' })],
    ['ALREADY_EXISTS', 'and over already', allowed, allowOverload({ until: '2024-01-31', on })],
    ['ALREADY_EXISTS', 'at another site', allowed, allowOverload({ siteId: 'WH1', on })],
    ['UNTIL_IN_PAST', 'over yesterday', full, allowOverload({ until: '2024-01-31', on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

function more(quantity: number, day: Day): Given {
  return recordOpeningBalance({ lotId: 'L2', quantity, on: day });
}

/** Units that the gate lets in on the day. */
function roomOn(book: Book, day: Day): number {
  return [...Array(100).keys()].findLast((n) => n === 0 || codeOf(book, more(n, day)) === null) ?? 0;
}
