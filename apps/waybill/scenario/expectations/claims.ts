import type { ExpectationKind } from './expectation.ts';
import { compareUnits, unitsAt } from './units.ts';

const FIGURES = ['ledger', 'gap'] as const;

/** Claim → ledger, gap. */
export const claims: ExpectationKind = (place) => {
  const figures = place.fields().flatMap(([claimId, each]) =>
    each
      .only(FIGURES)
      .fields()
      .map(([name, figure]) => ({ claimId, name, figure: unitsAt(figure) })),
  );
  return async (view) => {
    const rows = await view.rows('claims');
    return figures.map(({ claimId, name, figure }) => {
      const subject = `claim ${claimId} ${name}`;
      const row = rows.filter((each) => each['claimId'] === claimId);
      if (row.length === 0) return { subject, expected: String(figure), actual: 'no such claim', holds: false };
      return compareUnits(subject, figure, row, name);
    });
  };
};
