import type { LedgerEvent, LedgerEventType } from '#libs/domain';
import type { DecidedEvent } from '#libs/kernel';
import { EventVersionUnknown } from './event-version-unknown.ts';

/** Makes an event's data of one schema version into the next: pure, and from nothing but the data. */
type Upcaster = (data: PastData) => PastData;

/** Data as a schema that is past described them; no type speaks of them any more. */
type PastData = Readonly<Record<string, unknown>>;

/**
 * The first makes version 1 into 2, the second 2 into 3, and so on; an event that has none is in version 1. A new one wants the
 * past schema to stay in `schemas`, and a body of it in `samples`.
 */
const UPCASTERS: ReadonlyMap<string, readonly Upcaster[]> = new Map<LedgerEventType, readonly Upcaster[]>([
  // Version 1 left the day out where a claim had none.
  ['PublicClaimRecorded', [(claim) => ({ horizon: null, ...claim })]],
  // Version 1 had no amount beyond the safe integers; from 2 on such a one is a string of digits.
  ['FundsCommitted', [asItWas]],
  ['FundsConsumed', [asItWas]],
  ['FundsReleased', [asItWas]],
  ['FundsMoved', [asItWas]],
  ['ReceiptCorrected', [asItWas]],
]);

/** All that the version could say, the next one says alike. */
function asItWas(data: PastData): PastData {
  return data;
}

const NONE: readonly Upcaster[] = [];

/** The schema version that `type` is written with. */
export function schemaVersionOf(type: LedgerEventType): number {
  return upcastersOf(type).length + 1;
}

/** `event` in the newest version of its schema. Throws {@link EventVersionUnknown} for a version that is not known here. */
export function upcast(event: DecidedEvent<LedgerEvent>): DecidedEvent<LedgerEvent> {
  const upcasters = upcastersOf(event.type);
  const newest = upcasters.length + 1;
  if (event.schemaVersion === newest) return event;
  if (!(Number.isInteger(event.schemaVersion) && event.schemaVersion >= 1 && event.schemaVersion < newest)) {
    throw new EventVersionUnknown(event.type, event.schemaVersion, newest);
  }
  const past = event.data as unknown as PastData;
  const data = upcasters.slice(event.schemaVersion - 1).reduce((earlier, next) => next(earlier), past);
  return { ...event, data, schemaVersion: newest } as unknown as DecidedEvent<LedgerEvent>;
}

function upcastersOf(type: string): readonly Upcaster[] {
  return UPCASTERS.get(type) ?? NONE;
}
