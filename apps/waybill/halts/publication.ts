import { EVENTS_TOPIC, publishedPositions, RefillUnderWay, requestRefill } from '#libs/messaging';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

export interface PublicationRelease {
  readonly ledger: Id;
  /** Whether the relay that leads is told to publish the ledger anew. */
  readonly asked: boolean;
  readonly text: string;
}

/** Has a ledger published anew that the relay halted, on record. `db` is waybill_relay's. */
export async function releasePublication(
  db: Queryable,
  ledger: Id,
  reason: { readonly who: string; readonly why: string },
): Promise<PublicationRelease> {
  const { topic } = EVENTS_TOPIC;
  const halt = (await publishedPositions(db, topic)).find((each) => each.ledger === ledger)?.halt ?? null;
  if (halt === null) return { ledger, asked: false, text: `NOT_HALTED: the relay has not halted ${ledger}` };
  try {
    await requestRefill(db, { topic, ledger, ...reason });
  } catch (error) {
    if (!(error instanceof RefillUnderWay)) throw error;
    return { ledger, asked: false, text: `${error.code}: ${error.message}` };
  }
  const text = `${ledger}: released from ${halt}; the relay that leads publishes it anew, "waybill lag" shows how far`;
  return { ledger, asked: true, text };
}
