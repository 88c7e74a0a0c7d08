import type { EventTable } from '../event-tables/event-table.ts';
import { changesOf, thingsOf, type WaitingChange, type WaitingThing } from './waiting.ts';

/** `recordedAtMs`: when the ledger learned of it. */
export type WaitingRow = WaitingThing & { readonly recordedAtMs: number };

export const waitingThings: EventTable<WaitingRow> = {
  name: 'waiting_things',
  columns: {
    kind: 'text',
    thing: 'text',
    companyId: 'text',
    units: 'bigint',
    askedBy: 'text',
    about: 'jsonb',
    recordedAtMs: 'bigint',
  },
  fold: (event, { recordedAtMs }) => thingsOf(event).map((thing) => ({ ...thing, recordedAtMs })),
};

export const waitingChanges: EventTable<WaitingChange> = {
  name: 'waiting_changes',
  columns: { kind: 'text', thing: 'text', companyId: 'text', units: 'bigint' },
  fold: changesOf,
};
