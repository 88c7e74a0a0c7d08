import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { rowsOf } from '../lineage/figures.ts';
import { selectEvents } from '../lineage/rows.ts';
import { siteContributions } from '../sites/lineage.ts';
import type { Comparison, Difference, Eyes, Side } from './comparison.ts';
import { deltaOf } from './differences.ts';
import { factSteps, type FactStep } from './lines.ts';
import { statusSteps } from './redirections.ts';
import { siteSteps } from './sites.ts';

/** What an event adds to a difference; null where a fact is no figure. */
export interface ExplainingEvent {
  readonly ledger: Id;
  readonly position: number;
  readonly amount: bigint | null;
}

/** Of one side. */
const EVENTS_MAX = 100;

/**
 * The events after the common position that make a difference, each with what it adds; those that only the side before has count
 * against it. `isWhole`: no more than are told.
 */
export async function explained(
  eyes: Eyes,
  comparison: Comparison,
  difference: Difference,
): Promise<{ events: readonly ExplainingEvent[]; isWhole: boolean }> {
  const { before, after } = comparison;
  const against = await eventsOn(eyes, before, comparison, difference);
  const towards = await eventsOn(eyes, after, comparison, difference);
  const events = [
    ...against.slice(0, EVENTS_MAX).map((event) => told(before, event, -1n)),
    ...towards.slice(0, EVENTS_MAX).map((event) => told(after, event, 1n)),
  ];
  return { events, isWhole: against.length <= EVENTS_MAX && towards.length <= EVENTS_MAX };
}

type Added = Omit<ExplainingEvent, 'ledger'>;

function told({ ledger }: Side, { position, amount }: Added, sign: bigint): ExplainingEvent {
  return { ledger, position, amount: amount === null ? null : sign * amount };
}

async function eventsOn(
  eyes: Eyes,
  side: Side,
  { commonPosition, validAt, headroomFrom, idleUntil }: Comparison,
  { key }: Difference,
): Promise<readonly Added[]> {
  if (side.asOfPosition <= commonPosition) return [];
  const { own, whole, companyIds } = eyes;
  const { report, figure, siteId = '', lineId = '', redirectionId = '' } = key;
  const moment = { ...side, validAt };
  switch (report) {
    case 'headroom':
    case 'breaches': {
      const days = { validAt, headroomFrom: headroomFrom ?? '' };
      return changesIn(await siteSteps(whole, side, days, { siteId, report }), commonPosition, 0n);
    }
    case 'idleness': {
      const subject = { report, figure, siteId, until: idleUntil ?? '' };
      // Idleness is counted over all days up to its own: it has no other day that it is true of.
      const all = await siteContributions(whole, { ...side, validAt: null }, companyIds, subject);
      return all.filter(({ position }) => position > commonPosition);
    }
    case 'redirections':
      return figure === 'status'
        ? changesIn(await statusSteps(own, side, validAt, redirectionId), commonPosition, null)
        : summed(own, moment, commonPosition, { report, figure, redirectionId, leg: key.leg });
    case 'delivery-schedule':
      return ['quantity', 'dateChanges', 'causes'].includes(figure)
        ? summed(own, moment, commonPosition, { report, figure, lineId, cause: key.cause })
        : changesIn(await factSteps(own, side, validAt, { lineId, figure }), commonPosition, null);
    default:
      return summed(own, moment, commonPosition, { ...key, report });
  }
}

function summed(
  db: Queryable,
  moment: Parameters<typeof selectEvents>[1],
  after: number,
  subject: Parameters<typeof rowsOf>[0],
): Promise<readonly Added[]> {
  return selectEvents(db, moment, rowsOf(subject), { after, limit: EVENTS_MAX + 1 });
}

/** Where a fact became another, after a position. */
function changesIn(steps: readonly FactStep[], after: number, first: FactStep['value']): readonly Added[] {
  return steps.flatMap(({ position, value }, index): Added[] => {
    const before = steps[index - 1]?.value ?? first;
    return position > after && value !== before ? [{ position, amount: deltaOf(before, value) }] : [];
  });
}
