import type { Id } from '#libs/kernel';
import type { JsonPlace } from '../json-place.ts';
import type { Check, ExpectationKind, ReportRow } from './expectation.ts';
import { compareUnits, unitsAt } from './units.ts';

/** Site → units above usable on the worst day from the step's day on; a site that is left out has none. */
export const breaches: ExpectationKind = (place) => {
  const expected = figuresAt(place);
  return async (view) => {
    const rows = await view.rows('breaches', { from: view.day });
    const sites = new Set([...expected.keys(), ...rows.map((row) => String(row['siteId']))]);
    return [...sites].map((siteId) => compareSite('breaches', siteId, expected.get(siteId) ?? 0n, rows, 'units'));
  };
};

/** Site → the least headroom from the step's day on. */
export const headroom: ExpectationKind = (place) => {
  const expected = figuresAt(place);
  return async (view) => {
    const rows = await view.rows('headroom', { from: view.day });
    return [...expected].map(([siteId, units]) => compareKnownSite('headroom', siteId, units, rows, 'headroom'));
  };
};

/** Site → idle unit-days until the step's day. */
export const idle: ExpectationKind = (place) => {
  const expected = figuresAt(place);
  return async (view) => {
    const rows = await view.rows('idleness', { until: view.day });
    return [...expected].map(([siteId, unitDays]) => compareKnownSite('idle', siteId, unitDays, rows, 'unitDays'));
  };
};

function figuresAt(place: JsonPlace): ReadonlyMap<Id, bigint> {
  return new Map(place.fields().map(([siteId, figure]) => [siteId, unitsAt(figure)] as const));
}

function compareSite(kind: string, siteId: Id, expected: bigint, rows: readonly ReportRow[], figure: string): Check {
  const ofSite = rows.filter((row) => row['siteId'] === siteId);
  return compareUnits(`${kind} ${siteId}`, expected, ofSite, figure);
}

/** Silence about a site is no agreement. */
function compareKnownSite(
  kind: string,
  siteId: Id,
  expected: bigint,
  rows: readonly ReportRow[],
  figure: string,
): Check {
  if (rows.some((row) => row['siteId'] === siteId)) return compareSite(kind, siteId, expected, rows, figure);
  return { subject: `${kind} ${siteId}`, expected: String(expected), actual: 'no such site', holds: false };
}
