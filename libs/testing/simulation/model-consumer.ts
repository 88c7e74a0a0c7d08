import { fromKafkaMessage } from '#libs/contracts';
import type { StoredEvent } from '#libs/event-store';
import type { DeliveryHandler, TopicMessage } from '#libs/messaging';
import type { ModelTopic } from './model-topic.ts';
import { ConnectionLost, type SimulatedProcess, type Surroundings } from './simulated-process.ts';

const FETCH_MESSAGES = 6;

/** Readers that share the topic's partitions: who reads which, and from where. */
export class ModelGroup {
  private readonly owners = new Map<number, SimulatedProcess>();
  private readonly offsets = new Map<number, number>();

  constructor(
    private readonly topic: ModelTopic,
    private readonly around: Surroundings,
  ) {}

  /** Gives `partition` to `process`, which reads it from the last committed offset until another is given it. */
  assign(partition: number, process: SimulatedProcess, handler: DeliveryHandler): void {
    this.owners.set(partition, process);
    void this.read(partition, process, handler);
  }

  /** A member that lost the partition ends after the batch it has in hand. */
  private async read(partition: number, process: SimulatedProcess, handler: DeliveryHandler): Promise<void> {
    let offset = this.offsets.get(partition) ?? 0;
    while (this.owners.get(partition) === process && process.alive) {
      const from = this.strayed(offset, partition);
      const messages = this.topic.log(partition).slice(from, from + FETCH_MESSAGES);
      if (messages.length === 0) await this.something();
      else if (await this.delivered(messages, process, handler)) {
        offset = from + messages.length;
        this.offsets.set(partition, offset);
      }
    }
  }

  private async something(): Promise<void> {
    await this.topic.changed();
    await this.around.time.sleep(this.around.chance.between(0, this.around.weather.lingerMs));
  }

  /** Beyond the end: from the beginning. Now and then somewhere else than where it was, as after a rebalance or a reset. */
  private strayed(offset: number, partition: number): number {
    const { chance, weather } = this.around;
    const end = this.topic.log(partition).length;
    if (offset > end) return 0;
    if (chance.happens(weather.lost / 2))
      return this.counted('read again from an earlier offset', chance.between(0, offset));
    if (chance.happens(weather.lost / 2)) return this.counted('offset skipped ahead', chance.between(offset, end));
    return offset;
  }

  /** Now and then a message cannot be read: the reader goes on without it. */
  private readable(messages: readonly TopicMessage[]): readonly TopicMessage[] {
    const { chance, weather } = this.around;
    return messages.filter(() => !chance.happens(weather.garbled) || this.counted('message unreadable', false));
  }

  private counted<T>(fault: string, result: T): T {
    this.around.tally.add(fault);
    return result;
  }

  private async delivered(
    messages: readonly TopicMessage[],
    process: SimulatedProcess,
    handler: DeliveryHandler,
  ): Promise<boolean> {
    try {
      await process.call(() => undefined);
      for (const { events, incarnation } of runsOf(this.readable(messages))) {
        await handler(events[0]?.ledger ?? '', events, { incarnation });
      }
      return true;
    } catch (error) {
      if (error instanceof ConnectionLost) return false;
      throw error;
    }
  }
}

/** The events of each ledger and publisher, as the kafkajs adapter hands them over. */
function runsOf(messages: readonly TopicMessage[]): Iterable<{ events: StoredEvent[]; incarnation: string }> {
  const runs = new Map<string, { events: StoredEvent[]; incarnation: string }>();
  for (const { headers, value } of messages) {
    const { event, origin } = fromKafkaMessage(headers, value);
    const key = `${event.ledger} ${origin.incarnation}`;
    const run = runs.get(key) ?? { events: [], incarnation: origin.incarnation };
    run.events.push(event);
    runs.set(key, run);
  }
  return runs.values();
}
