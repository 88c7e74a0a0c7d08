import { Pace } from './progress.ts';

describe('the pace of a rebuild', () => {
  it('says events a second and the time left, anew in each phase', () => {
    let nowMs = 1_000;
    const pace = new Pace(() => nowMs);
    expect(pace.said({ phase: 'building', position: 0, goal: 100 })).toBe('starting');
    nowMs = 3_000;
    expect(pace.said({ phase: 'building', position: 50, goal: 100 })).toBe('25/s, 2 s left');
    expect(pace.said({ phase: 'comparing', position: 10, goal: 100 })).toBe('starting');
    nowMs = 4_000;
    expect(pace.said({ phase: 'comparing', position: 90, goal: 100 })).toBe('90/s, 1 s left');
    expect(pace.said({ phase: 'publishing', position: 10, goal: 100 })).toBe('starting');
  });
});
