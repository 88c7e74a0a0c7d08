import type { LedgerCommand } from '#libs/domain';
import { addDays, type Day, type Id } from '#libs/kernel';
import { diceOf, type Dice } from './dice.ts';
import { orderStory } from './order-story.ts';
import type { Deed, Story } from './story.ts';
import { FOUNDING } from './world.ts';

/** A command of the history, as its client would send it. */
export interface HistoricCommand {
  readonly command: LedgerCommand;
  readonly commandId: string;
  /** Pseudonym: the same person is the same UUID. */
  readonly actor: string;
  readonly companyId: Id | null;
  readonly effectiveAt: Day;
}

const FIRST_DAY: Day = '2012-01-01';
const ORDERS_A_DAY = 20;

/**
 * Years of trade of 24 companies without end: what happens on a day depends on the seed alone, and what is under way at
 * any time is about as much, so that a ledger of a million events differs from one of ten thousand in length alone.
 */
export function* history(seed: number): Generator<HistoricCommand, never> {
  const dice = diceOf(seed);
  const calendar = new Map<number, Story[]>();
  const people = new Map<string, string>();
  const told = (deed: Deed, effectiveAt: Day): HistoricCommand => {
    const { command, companyId } = deed;
    return { command, companyId, effectiveAt, commandId: dice.uuid(), actor: personOf(people, deed, dice) };
  };
  for (const { command, companyId } of FOUNDING) yield told({ command, companyId, role: 'admin' }, FIRST_DAY);
  for (let day = 1, orders = 0; ; day++) {
    const today = addDays(FIRST_DAY, day);
    const stories = [...(calendar.get(day) ?? [])];
    calendar.delete(day);
    for (let n = 0; n < ORDERS_A_DAY; n++) stories.push(orderStory(dice, `PO-${++orders}`, today));
    for (const deed of dayOf(stories, day, calendar)) yield told(deed, today);
  }
}

/** Tells every story as far as it goes that day; what waits is put in the calendar. */
function* dayOf(stories: Story[], day: number, calendar: Map<number, Story[]>): Generator<Deed> {
  for (let story = stories.shift(); story !== undefined; story = stories.shift()) {
    for (let next = story.next(); next.done !== true; next = story.next()) {
      const step = next.value;
      if ('command' in step) yield step;
      else if ('begins' in step) stories.push(step.begins);
      else if (step.waitsDays > 0) {
        const onDay = day + step.waitsDays;
        calendar.set(onDay, calendar.get(onDay) ?? []);
        calendar.get(onDay)?.push(story);
        break;
      }
    }
  }
}

function personOf(people: Map<string, string>, { role, companyId }: Deed, dice: Dice): string {
  const name = `${companyId ?? 'group'} ${role}`;
  const person = people.get(name) ?? dice.uuid();
  people.set(name, person);
  return person;
}
