import type { ExpectationKind } from './expectation.ts';
import { compareUnits, unitsAt } from './units.ts';

const ACCOUNTS = ['committedCents', 'consumedCents'] as const;

/** Company → committedCents, consumedCents. */
export const funds: ExpectationKind = (place) => {
  const accounts = place.fields().flatMap(([companyId, each]) =>
    each
      .only(ACCOUNTS)
      .fields()
      .map(([account, cents]) => ({ companyId, account, cents: unitsAt(cents) })),
  );
  return async (view) => {
    const rows = await view.rows('funds');
    return accounts.map(({ companyId, account, cents }) =>
      compareUnits(
        `funds ${companyId} ${account}`,
        cents,
        rows.filter((row) => row['companyId'] === companyId),
        account,
      ),
    );
  };
};
