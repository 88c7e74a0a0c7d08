import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { DeliveryHandler } from '#libs/messaging';
import type { RebuildSource } from '#libs/read-models';

/**
 * The events of one ledger as the topic brings them, made dense: what was there is dropped by position, and so is what
 * comes after a gap, since a relay that fills a topic again begins at position 1.
 */
export class TopicEvents implements RebuildSource {
  readonly kind = 'kafka';
  private waiting: StoredEvent[] = [];
  /** Position of the last event that waits or was read. */
  private last = 0;
  private ended = false;

  constructor(
    private readonly ledger: Id,
    private readonly incarnation: string,
  ) {}

  /** Takes what the consumer delivers; holds it back while much waits. */
  readonly handler: DeliveryHandler = async (ledger, events, { incarnation }) => {
    if (ledger !== this.ledger || incarnation !== this.incarnation) return;
    while (this.waiting.length > WAITING_MAX && !this.ended) await sleep(LOOK_MS);
    for (const event of events) {
      if (event.position !== this.last + 1) continue;
      this.waiting.push(event);
      this.last = event.position;
    }
  };

  async read(_after: number, limit: number, waitMs: number): Promise<readonly StoredEvent[]> {
    const untilMs = performance.now() + waitMs;
    while (this.waiting.length === 0 && performance.now() < untilMs) await sleep(LOOK_MS);
    await this.gathered(limit);
    const events = this.waiting.slice(0, limit);
    this.waiting = this.waiting.slice(limit);
    return events;
  }

  /** Nobody reads any more. */
  end(): void {
    this.ended = true;
  }

  /** Large batches are cheaper to write: waits while more comes. */
  private async gathered(limit: number): Promise<void> {
    for (let before = -1; this.waiting.length < limit && this.waiting.length > before;) {
      before = this.waiting.length;
      await sleep(LOOK_MS);
    }
  }
}

const WAITING_MAX = 40_000;
const LOOK_MS = 10;
