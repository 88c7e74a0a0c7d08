import type { LedgerEvent, LedgerEventType } from '#libs/domain';
import type { DecidedEvent } from '#libs/kernel';

/** The version of each event's schema that is written today; 1 where it is not named. */
const CURRENT_VERSIONS: Partial<Record<LedgerEventType, number>> = {};

/** The schema version that `type` is written with. */
export function schemaVersionOf(type: LedgerEventType): number {
  return CURRENT_VERSIONS[type] ?? 1;
}

/** `event` in the newest version of its schema. No event has an older version yet. */
export function upcast(event: DecidedEvent<LedgerEvent>): DecidedEvent<LedgerEvent> {
  return event;
}
