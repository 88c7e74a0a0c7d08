import { codeOf, emptyBook, record, when, type Book } from './fixtures/book.ts';
import { redirectedH100s } from './fixtures/redirected-h100s.ts';
import { accountOf } from './funds/state.ts';
import { positionOf } from './position.ts';
import { exposureUnits } from './redirection/exposure.ts';
import { statusOf } from './redirection/status.ts';
import { breaches } from './site/headroom.ts';
import { slippageOf } from './fixtures/slippage-of.ts';

/** The book after each step, step n at index n; a refused step leaves it as it was. */
const books: Book[] = [emptyBook];
const codes: (string | null)[] = [null];
for (const command of redirectedH100s) {
  const before = books.at(-1) ?? emptyBook;
  const outcome = when(before, command);
  codes.push(codeOf(before, command));
  books.push('code' in outcome ? before : record(before, command, outcome));
}

describe('the redirected H100s', () => {
  it('refuses three of 36 steps', () => {
    expect(codes.flatMap((code, step) => (code === null ? [] : [[step, code]]))).toEqual([
      [15, 'SELF_APPROVAL'],
      [25, 'SELF_APPROVAL'],
      [27, 'END_USER_NOT_SCREENED'],
    ]);
  });

  it.each([
    [11, 'TESLA', { open: 0, inTransit: 0, accepted: 29_000, energised: 29_000 }],
    [14, 'TESLA', { open: 0, inTransit: 0, accepted: 29_000, energised: 29_000 }],
    [16, 'TESLA', { open: 12_000, inTransit: 0, accepted: 29_000 }],
    [18, 'X', { open: 12_000, inTransit: 0, accepted: 0 }],
    [22, 'TESLA', { open: 0, inTransit: 12_000, accepted: 29_000 }],
    [24, 'TESLA', { open: 0, inTransit: 12_000, accepted: 29_000 }],
    [27, 'X', { open: 12_000, inTransit: 0, accepted: 0 }],
    [30, 'TESLA', { open: 12_000, inTransit: 0, accepted: 29_000 }],
    [30, 'X', { open: 0, inTransit: 12_000, accepted: 0 }],
    [31, 'X', { open: 0, inTransit: 0, accepted: 0, atDock: 12_000 }],
    [32, 'X', { open: 0, inTransit: 0, accepted: 12_000, atDock: 0 }],
    [33, 'TESLA', { open: 6000, inTransit: 6000, accepted: 29_000 }],
    [35, 'TESLA', { open: 6000, inTransit: 0, accepted: 34_990, energised: 29_000, short: 10 }],
  ])('after step %s the position of %s is %j', (step, companyId, expected) => {
    expect(positionOf(bookAfter(step).state, companyId, 'H100')).toMatchObject(expected);
  });

  it.each([
    [16, 'TESLA', 50_400_000_000, 0],
    [18, 'X', 50_400_000_000, 0],
    [30, 'TESLA', 50_400_000_000, 0],
    [30, 'X', 50_400_000_000, 0],
    [32, 'X', 0, 50_400_000_000],
    [35, 'TESLA', 25_242_000_000, 25_158_000_000],
  ])('after step %s %s has committed %s and consumed %s cents', (step, companyId, committedCents, consumedCents) => {
    expect(accountOf(bookAfter(step).state.funds, companyId)).toMatchObject({ committedCents, consumedCents });
  });

  it.each([
    [30, 0],
    [32, 12_000],
    [35, 6010],
  ])('after step %s X owes TESLA %s units, and TESLA X the opposite', (step, units) => {
    const { exposures } = bookAfter(step).state;
    expect(exposureUnits(exposures, 'X', 'TESLA')).toBe(units);
    expect(exposureUnits(exposures, 'TESLA', 'X')).toBe(0 - units);
  });

  it('is in breach at AUSTIN from the notice until the redirection', () => {
    const at = (step: number, day: string) => breaches(bookAfter(step).state.sites, day);
    expect(at(22, '2023-12-05')).toEqual([]);
    expect(at(23, '2023-12-08')).toEqual([{ siteId: 'AUSTIN', units: 12_000 }]);
    expect(at(30, '2023-12-13')).toEqual([]);
  });

  it('makes TESLA wait 1,410,000 unit-days longer, and X as many less', () => {
    expect(slippageOf(bookAfter(30).events)).toEqual({
      TESLA: { redirection: 1_410_000 },
      X: { redirection: -1_410_000 },
    });
    expect(slippageOf(bookAfter(36).events)).toEqual({
      TESLA: { redirection: 1_410_000 },
      X: { redirection: -1_410_000 },
    });
  });

  it.each([
    [24, 'proposed'],
    [27, 'proposed'],
    [30, 'active'],
    [36, 'active'],
  ])('after step %s the redirection is %s', (step, status) => {
    const redirection = bookAfter(step).state.redirections.get('SW-1');
    expect(redirection && statusOf(redirection)).toBe(status);
  });
});

function bookAfter(step: number): Book {
  const book = books[step];
  if (book === undefined) throw new Error(`there is no step ${step}`);
  return book;
}
