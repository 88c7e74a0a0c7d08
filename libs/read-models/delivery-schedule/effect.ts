import type { LineFacts, LineFigures, LineId, Line, Causes } from './line.ts';
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
  const figures = added(before, effect.adds);
  if (!isExact(figures)) throw new FigureOutOfRange(effect.lineId);
  return withTrancheStatus({ ...before, ...effect.amends, ...figures });
}

/** `left` and `right` cause by cause; what comes to zero is left out. */
export function addedCauses(left: Causes, right: Causes): Causes {
  const causes: Partial<Record<SlipCause, number>> = { ...left };
  for (const [cause, unitDays] of Object.entries(right) as [SlipCause, number][]) {
    const sum = (causes[cause] ?? 0) + unitDays;
    if (sum === 0) delete causes[cause];
    else causes[cause] = sum;
  }
  return causes;
}

/** The unit-days of `slips` by cause. */
export function causesOf(slips: readonly Slip[]): Causes {
  return slips.reduce<Causes>((causes, { cause, unitDays }) => addedCauses(causes, { [cause]: unitDays }), {});
}

function added(left: LineFigures, right: LineFigures): LineFigures {
  return {
    quantity: left.quantity + right.quantity,
    dateChanges: left.dateChanges + right.dateChanges,
    causes: addedCauses(left.causes, right.causes),
  };
}

function isExact({ quantity, dateChanges, causes }: LineFigures): boolean {
  return [quantity, dateChanges, ...Object.values(causes)].every(Number.isSafeInteger);
}

/** A tranche's status follows from what is open and promised, or cancelled last; a shipment's is said by its events. */
function withTrancheStatus(line: Line): Line {
  if (line.shipmentId !== null) return line;
  if (line.quantity === 0) return line.status === 'cancelled' ? line : { ...line, status: 'dispatched' };
  return { ...line, status: line.promisedDate === null ? 'unconfirmed' : 'confirmed' };
}
