import { DatabaseUnavailable } from '#libs/event-store';
import { problemOf } from './problem-of.ts';

describe('the problem that an error becomes', () => {
  it('is a 503 with Retry-After when the database does not answer', () => {
    const { code, details } = problemOf(new DatabaseUnavailable(new Error('timeout exceeded when trying to connect')));
    expect([code, details.retryAfterSeconds]).toEqual(['DATABASE_UNAVAILABLE', 1]);
  });

  it('is a defect of ours when nothing says otherwise', () => {
    expect(problemOf(new Error('timeout exceeded when trying to connect')).code).toBe('INTERNAL_ERROR');
    expect(problemOf(new TypeError('x is not a function')).code).toBe('INTERNAL_ERROR');
  });
});
