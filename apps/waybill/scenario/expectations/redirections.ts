import type { ExpectationKind } from './expectation.ts';

const STATUSES = ['proposed', 'active', 'delivered', 'rejected', 'withdrawn'] as const;

/** Redirection → status. */
export const redirections: ExpectationKind = (place) => {
  const expected = place.fields().map(([redirectionId, status]) => ({ redirectionId, status: status.oneOf(STATUSES) }));
  return async (view) => {
    const rows = await view.rows('redirections');
    return expected.map(({ redirectionId, status }) => {
      const row = rows.find((each) => each['redirectionId'] === redirectionId);
      const actual = row === undefined ? 'no such redirection' : String(row['status']);
      return { subject: `redirection ${redirectionId}`, expected: String(status), actual, holds: actual === status };
    });
  };
};
