import type { Day, Id } from '#libs/kernel';
import type { LineEffect } from './effect.ts';
import { audienceOf, type Line, type LineId } from './line.ts';
import type { AmendedEntry } from './timeline.ts';

/** A version of a line for the companies it names (`line`), or word to those it names no longer (`line` null). */
export interface VersionRow {
  readonly lineId: LineId;
  readonly effectiveOn: Day;
  readonly position: number;
  readonly withdrawn: boolean;
  readonly audience: readonly Id[];
  readonly line: Line | null;
}

/** A signed amount of one measure of a line: `quantity`, `dateChanges` or `slip:CAUSE`. */
export interface LineContribution {
  readonly position: number;
  readonly seq: number;
  readonly lineId: LineId;
  readonly measure: string;
  readonly effectiveOn: Day;
  readonly amount: number;
  readonly audience: readonly Id[];
}

/** The rows of one amended entry: the new version, and a withdrawal where companies left the line. */
export function versionRows(lineId: LineId, position: number, entry: AmendedEntry): readonly VersionRow[] {
  const { effectiveOn, before, line } = entry;
  const audience = audienceOf(line);
  const version = { lineId, effectiveOn, position, withdrawn: false, audience, line };
  if (before === undefined || namesTheSame(before, line)) return [version];
  const left = audienceOf(before).filter((company) => !audience.includes(company));
  return left.length === 0 ? [version] : [version, { ...version, withdrawn: true, audience: left, line: null }];
}

function namesTheSame(left: Line, right: Line): boolean {
  return (
    left.companyId === right.companyId &&
    left.billedCompanyId === right.billedCompanyId &&
    left.orderingCompanyId === right.orderingCompanyId &&
    left.supplierId === right.supplierId
  );
}

/**
 * What `effect` adds, measure by measure, none of it zero and not yet numbered. Causes in order of their names: a line that was
 * read from the database has them in another order than one that was just folded.
 */
export function measuredAmounts({ adds }: LineEffect): readonly { measure: string; amount: number }[] {
  const { quantity, dateChanges, causes } = adds;
  const amounts: { measure: string; amount: number }[] = [];
  if (quantity !== 0) amounts.push({ measure: 'quantity', amount: quantity });
  if (dateChanges !== 0) amounts.push({ measure: 'dateChanges', amount: dateChanges });
  const slips = Object.entries(causes).filter(([, amount]) => amount !== 0);
  for (const [cause, amount] of slips.sort(byName)) amounts.push({ measure: `slip:${cause}`, amount });
  return amounts;
}

function byName([left]: readonly [string, number], [right]: readonly [string, number]): number {
  return left < right ? -1 : 1;
}
