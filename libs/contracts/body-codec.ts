import type { LedgerEvent } from '#libs/domain';
import { canonicalJson, type DecidedEvent } from '#libs/kernel';
import { upcast } from './upcasters.ts';

/** What is stored and hashed of an event: everything but `position` and when it was recorded, which the ledger adds. */
export type EventBody = Omit<DecidedEvent<LedgerEvent>, 'position'>;

/** The RFC 8785 JSON of the event's body. */
export function encodeBody(event: DecidedEvent<LedgerEvent>): string {
  const { position: _, ...body } = event;
  return canonicalJson(body);
}

/** The event in `body`, in the newest version of its schema. Throws EventVersionUnknown, SyntaxError. */
export function decodeBody(stored: { readonly position: number; readonly body: Buffer }): DecidedEvent<LedgerEvent> {
  const body = JSON.parse(stored.body.toString('utf8')) as EventBody;
  return upcast({ ...body, position: stored.position } as DecidedEvent<LedgerEvent>);
}
