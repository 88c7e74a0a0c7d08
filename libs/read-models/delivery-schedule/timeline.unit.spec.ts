import { STORY } from '../fixtures/redirected-h100s.ts';
import { NO_FIGURES, type LineEffect } from './effect.ts';
import { lineEffects } from './fold.ts';
import { versionRows } from './rows.ts';
import { amendedEntries, lineOn, withEntries, type Timeline } from './timeline.ts';

const moveTo = (companyId: string): LineEffect => ({
  lineId: 'PO-T1/T1',
  amends: { companyId, billedCompanyId: companyId },
  adds: NO_FIGURES,
});

const promise = (promisedDate: string): LineEffect => ({
  lineId: 'PO-T1/T1',
  amends: { promisedDate, expectedDate: promisedDate },
  adds: NO_FIGURES,
});

const [opening] = lineEffects(STORY.ORDER_T, () => undefined);
const play = (...effects: [LineEffect | undefined, string][]): Timeline =>
  effects.reduce<Timeline>(
    (timeline, [effect, day]) =>
      effect === undefined ? timeline : withEntries(timeline, amendedEntries(timeline, effect, day)),
    [],
  );

const days = (timeline: Timeline) =>
  timeline.map(({ effectiveOn, line }) => `${effectiveOn} ${line.companyId} ${line.promisedDate ?? '-'}`);

describe('a timeline', () => {
  it('has the line from each day on that an event changed it', () => {
    const timeline = play([opening, '2024-01-01'], [promise('2024-05-01'), '2024-01-03'], [moveTo('X'), '2024-01-05']);
    expect(days(timeline)).toEqual(['2024-01-01 TESLA -', '2024-01-03 TESLA 2024-05-01', '2024-01-05 X 2024-05-01']);
    expect(lineOn(timeline, '2024-01-04')?.companyId).toBe('TESLA');
    expect(lineOn(timeline, '2023-12-31')).toBeUndefined();
  });

  it('takes an event recorded late into its day and every later one', () => {
    const timeline = play([opening, '2024-01-01'], [promise('2024-05-01'), '2024-01-05'], [moveTo('X'), '2024-01-03']);
    expect(days(timeline)).toEqual(['2024-01-01 TESLA -', '2024-01-03 X -', '2024-01-05 X 2024-05-01']);
  });

  it('takes an event from before the line was opened into the days from its opening on', () => {
    const timeline = play([opening, '2024-01-03'], [moveTo('X'), '2024-01-01']);
    expect(days(timeline)).toEqual(['2024-01-03 X -']);
  });

  it('refuses an event of a line that was never opened', () => {
    expect(() => amendedEntries([], moveTo('X'), '2024-01-01')).toThrow(
      expect.objectContaining({ code: 'LINE_UNKNOWN' }),
    );
  });

  it('withdraws a line from the companies it no longer names', () => {
    const timeline = play([opening, '2024-01-01'], [moveTo('X'), '2024-01-03']);
    const rows = amendedEntries(timeline, moveTo('XAI'), '2024-01-05').flatMap((entry) =>
      versionRows('PO-T1/T1', 7, entry),
    );
    expect(rows.map(({ audience, withdrawn, line }) => ({ audience, withdrawn, companyId: line?.companyId }))).toEqual([
      { audience: ['NVIDIA', 'TESLA', 'XAI'], withdrawn: false, companyId: 'XAI' },
      { audience: ['X'], withdrawn: true, companyId: undefined },
    ]);
  });
});
