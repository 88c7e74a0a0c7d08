import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { recordOpeningBalance, reportCapacityUnavailable } from '../fixtures/commands.ts';
import { restoreCapacity } from '../fixtures/stock-commands.ts';
import { founded } from '../fixtures/worlds.ts';
import { usableUnitsOn } from './capacity.ts';

/** AUSTIN has 100 of 1,000 usable units from 2024-02-01 on. */
const reduced = after(founded, reportCapacityUnavailable({ usableUnits: 100, on: '2024-01-20' }));
const on = '2024-01-25';

describe('RestoreCapacity', () => {
  it('makes more usable from a day on, which may lie ahead', () => {
    expect(when(reduced, restoreCapacity({ on }))).toEqual([
      {
        type: 'CapacityRestored',
        stream: 'site/AUSTIN',
        data: { siteId: 'AUSTIN', companyId: 'TESLA', usableUnits: 600, from: '2024-04-01' },
      },
    ]);
    const restored = after(reduced, restoreCapacity({ on }));
    expect(usable(restored, '2024-01-31', '2024-02-01', '2024-03-31', '2024-04-01')).toEqual([1000, 100, 100, 600]);
  });

  it('leaves later changes as they are, and takes the place of one of the same day', () => {
    const planned = after(reduced, restoreCapacity({ usableUnits: 900, from: '2024-05-01', on }));
    const between = after(planned, restoreCapacity({ on }));
    expect(usable(between, '2024-02-01', '2024-04-01', '2024-05-01')).toEqual([100, 600, 900]);
    const same = after(between, restoreCapacity({ usableUnits: 700, on }));
    expect(usable(same, '2024-02-01', '2024-04-01', '2024-05-01')).toEqual([100, 700, 900]);
    expect(same.state.sites.get('AUSTIN')?.usable.units).toEqual([1000, -900, 600, 200]);
  });

  it('is cancelled by a notice that is recorded later for an earlier day, not by one for a later day', () => {
    const planned = after(reduced, restoreCapacity({ on }));
    const worse = after(planned, reportCapacityUnavailable({ usableUnits: 50, from: '2024-03-01', on }));
    expect(usable(worse, '2024-02-01', '2024-03-01', '2024-04-01')).toEqual([100, 50, 50]);
    const late = after(planned, reportCapacityUnavailable({ usableUnits: 50, from: '2024-05-01', on }));
    expect(usable(late, '2024-04-01', '2024-05-01')).toEqual([600, 50]);
    const same = after(planned, reportCapacityUnavailable({ usableUnits: 500, from: '2024-04-01', on }));
    expect(usable(same, '2024-03-31', '2024-04-01')).toEqual([100, 500]);
  });

  it('gives room to what the gate refused', () => {
    const full = recordOpeningBalance({ quantity: 600, on: '2024-02-01' });
    const restored = after(reduced, restoreCapacity({ from: '2024-02-01', on }));
    expect([codeOf(reduced, full), codeOf(restored, full)]).toEqual(['SITE_CAPACITY_EXCEEDED', null]);
  });

  it('restores up to the design and no more', () => {
    expect(codeOf(reduced, restoreCapacity({ usableUnits: 1000, on }))).toBeNull();
  });

  const future = { on: '2024-01-26', today: '2024-01-25' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SITE_UNKNOWN', 'and tomorrow', reduced, restoreCapacity({ siteId: 'BAY', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and too much', reduced, restoreCapacity({ usableUnits: 1001, ...future })],
    ['EFFECTIVE_BEFORE_STREAM', 'and too much', reduced, restoreCapacity({ usableUnits: 1001, on: '2024-01-19' })],
    ['ABOVE_DESIGN_CAPACITY', 'by one unit', reduced, restoreCapacity({ usableUnits: 1001, on })],
    ['CAPACITY_NOT_INCREASED', 'as much as there is', reduced, restoreCapacity({ usableUnits: 100, on })],
    ['CAPACITY_NOT_INCREASED', 'on a day before the loss', reduced, restoreCapacity({ from: '2024-01-31', on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  function usable({ state }: Book, ...days: string[]): number[] {
    return days.map((day) => usableUnitsOn(state.sites.get('AUSTIN')?.capacity ?? [], day));
  }
});
