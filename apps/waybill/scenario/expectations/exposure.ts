import type { Id } from '#libs/kernel';
import type { JsonPlace } from '../json-place.ts';
import type { ExpectationKind, ReportRow } from './expectation.ts';
import { compareUnits, unitsAt } from './units.ts';

/** A list of what a debtor owes a creditor over all SKUs; what the creditor owes the debtor counts against it. */
export const exposure: ExpectationKind = (place) => {
  const debts = place.items().map(debtAt);
  return async (view) => {
    const rows = await view.rows('exposures');
    return debts.map(({ debtorId, creditorId, units }) =>
      compareUnits(`exposure ${debtorId} to ${creditorId}`, units, rows.flatMap(sideOf(debtorId, creditorId)), 'units'),
    );
  };
};

function debtAt(place: JsonPlace): { debtorId: Id; creditorId: Id; units: bigint } {
  place.only(['debtor', 'creditor', 'units']);
  return {
    debtorId: place.field('debtor').id(),
    creditorId: place.field('creditor').id(),
    units: unitsAt(place.field('units')),
  };
}

/** The rows of one pair as the debtor sees them: the other way round, with the other sign. */
function sideOf(debtorId: Id, creditorId: Id): (row: ReportRow) => readonly ReportRow[] {
  return (row) => {
    if (row['debtorId'] === debtorId && row['creditorId'] === creditorId) return [row];
    if (row['debtorId'] !== creditorId || row['creditorId'] !== debtorId) return [];
    return [{ ...row, units: negated(row['units']) }];
  };
}

/** Anything but a number of digits stays, and fails its comparison. */
function negated(units: unknown): unknown {
  if (typeof units === 'number') return -units;
  return typeof units === 'string' ? `-${units}` : units;
}
