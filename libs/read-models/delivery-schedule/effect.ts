import type { LineFacts, LineFigures, LineId, LineStatus, Line, Causes } from './line.ts';
import type { Slip, SlipCause } from '#libs/domain';
import { FigureOutOfRange } from '../errors.ts';

/** What an event does to one line: opens it or amends facts, and adds signed amounts to its figures. */
export interface LineEffect {
  readonly lineId: LineId;
  /** The facts of a line that the event opens. */
  readonly opens?: LineFacts;
  readonly amends?: Partial<LineFacts>;
  readonly adds: LineFigures;
}

export const NO_FIGURES: LineFigures = { quantity: 0, dateChanges: 0, causes: {} };

/** `line` after `effect`; undefined while no event has opened it. Throws FigureOutOfRange. */
export function amended(line: Line | undefined, effect: LineEffect): Line | undefined {
  const before = line ?? (effect.opens === undefined ? undefined : { ...effect.opens, ...NO_FIGURES });
  if (before === undefined) return undefined;
  const { quantity, dateChanges, causes } = effect.adds;
  const after: Changing<Line> = { ...before };
  if (effect.amends !== undefined) Object.assign(after, effect.amends);
  after.quantity = before.quantity + quantity;
  after.dateChanges = before.dateChanges + dateChanges;
  after.causes = addedCauses(before.causes, causes);
  if (!isExact(after)) throw new FigureOutOfRange(effect.lineId);
  if (after.shipmentId === null) after.status = trancheStatus(after);
  return after;
}

/** A line that is being made. */
type Changing<T> = { -readonly [Field in keyof T]: T[Field] };

/** `left` and `right` cause by cause; what comes to zero is left out. */
export function addedCauses(left: Causes, right: Causes): Causes {
  const changes = Object.entries(right) as [SlipCause, number][];
  if (changes.length === 0) return left;
  const causes: Partial<Record<SlipCause, number>> = { ...left };
  for (const [cause, unitDays] of changes) {
    const sum = (causes[cause] ?? 0) + unitDays;
    if (sum === 0) delete causes[cause];
    else causes[cause] = sum;
  }
  return causes;
}

/** The unit-days of `slips` by cause. */
export function causesOf(slips: readonly Slip[]): Causes {
  if (slips.length === 0) return NO_FIGURES.causes;
  return slips.reduce<Causes>((causes, { cause, unitDays }) => addedCauses(causes, { [cause]: unitDays }), {});
}

function isExact({ quantity, dateChanges, causes }: LineFigures): boolean {
  if (!Number.isSafeInteger(quantity) || !Number.isSafeInteger(dateChanges)) return false;
  return Object.values(causes).every(Number.isSafeInteger);
}

/** A tranche's status follows from what is open and promised, or cancelled last; a shipment's is said by its events. */
function trancheStatus({ quantity, status, promisedDate }: Line): LineStatus {
  if (quantity === 0) return status === 'cancelled' ? status : 'dispatched';
  return promisedDate === null ? 'unconfirmed' : 'confirmed';
}
