/** How far something was at which time: positions and milliseconds, both rising. */
export type Curve = readonly (readonly [position: number, ms: number])[];

/** Positions a second between two positions, as near as the curve has points. */
export function rateBetween(curve: Curve, from: number, to: number): number {
  const start = curve.findLast(([position]) => position <= from) ?? curve[0];
  const end = curve.find(([position]) => position >= to) ?? curve.at(-1);
  if (start === undefined || end === undefined || end[1] <= start[1]) return NaN;
  return ((end[0] - start[0]) / (end[1] - start[1])) * 1_000;
}

/** Positions a second from the first point to the last. */
export function rateOf(curve: Curve): number {
  return rateBetween(curve, curve[0]?.[0] ?? 0, curve.at(-1)?.[0] ?? 0);
}
