import type { StoredEvent } from '#libs/event-store';
import type { DecidedEvent } from '#libs/kernel';
import type { LedgerEvent } from '#libs/domain';

/** Turns stored bytes into an event of the newest schema version; `decodeBody` of libs/contracts. */
export type DecodeEvent = (stored: Pick<StoredEvent, 'position' | 'body'>) => DecidedEvent<LedgerEvent>;
