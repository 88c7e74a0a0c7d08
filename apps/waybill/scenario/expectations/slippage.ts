import type { Check, ExpectationKind, ReportRow } from './expectation.ts';
import { compareUnits, unitsAt } from './units.ts';

/** Company → cause → unit-days over all SKUs; a cause that the file leaves out must sum to 0. */
export const slippage: ExpectationKind = (place) => {
  const companies = place.fields().map(([companyId, causes]) => ({
    companyId,
    causes: new Map(causes.fields().map(([cause, unitDays]) => [cause, unitsAt(unitDays)] as const)),
  }));
  return async (view) => {
    const rows = await view.rows('slippage');
    return companies.flatMap(({ companyId, causes }) =>
      compareCauses(
        companyId,
        causes,
        rows.filter((row) => row['companyId'] === companyId),
      ),
    );
  };
};

function compareCauses(
  companyId: string,
  causes: ReadonlyMap<string, bigint>,
  rows: readonly ReportRow[],
): readonly Check[] {
  const named = new Set([...causes.keys(), ...rows.map((row) => String(row['cause']))]);
  return [...named].map((cause) =>
    compareUnits(
      `slippage ${companyId} ${cause}`,
      causes.get(cause) ?? 0n,
      rows.filter((row) => row['cause'] === cause),
      'unitDays',
    ),
  );
}
