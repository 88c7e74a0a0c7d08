import {
  PublishFailed,
  TopicRestarted,
  type EventTopic,
  type TopicMessage,
  type TopicPublisher,
} from '#libs/messaging';
import type { SimulatedProcess, Surroundings } from './simulated-process.ts';

/** The topic as a broker keeps it: a log a partition. It can lose its tail or be made anew. */
export class ModelTopic {
  readonly topic = 'simulated';
  readonly logs: TopicMessage[][];
  /** Whether anything was taken away from it: then the order of what is there proves nothing. */
  damaged = false;
  /** Whether that happened while answers were lost: offsets alone may not show it then, and consumers ask the ledger. */
  damagedUnseen = false;

  constructor(readonly partitions: number) {
    this.logs = Array.from({ length: partitions }, () => []);
  }

  log(partition: number): TopicMessage[] {
    return this.logs[partition] ?? [];
  }

  recreate(amidStorm: boolean): void {
    this.damage(amidStorm);
    for (const log of this.logs) log.length = 0;
  }

  loseTail(partition: number, messages: number, amidStorm: boolean): void {
    this.damage(amidStorm);
    const log = this.log(partition);
    log.length = Math.max(0, log.length - messages);
  }

  private damage(amidStorm: boolean): void {
    this.damaged = true;
    this.damagedUnseen ||= amidStorm;
  }

  /** As `process` reaches it. */
  seenFrom(process: SimulatedProcess): EventTopic {
    return {
      topic: this.topic,
      ensure: () => process.call(() => this.partitions),
      nextOffsets: () => process.call(() => this.logs.map(({ length }) => length)),
    };
  }
}

/** Publishes as the kafkajs adapter does: not idempotent, told of a loss, watching the base offsets. */
export class ModelPublisher implements TopicPublisher {
  private readonly nextOffsets = new Map<number, number>();

  constructor(
    private readonly topic: ModelTopic,
    private readonly process: SimulatedProcess,
    private readonly around: Surroundings,
  ) {}

  async publish(partition: number, messages: readonly TopicMessage[]): Promise<number> {
    const baseOffset = await this.sent(partition, messages);
    const expected = this.nextOffsets.get(partition) ?? 0;
    this.nextOffsets.set(partition, baseOffset + messages.length);
    if (baseOffset < expected) throw new TopicRestarted(this.topic.topic, partition, expected, baseOffset);
    return baseOffset;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async sent(partition: number, messages: readonly TopicMessage[]): Promise<number> {
    try {
      return await this.process.call(() => this.stored(this.topic.log(partition), messages));
    } catch (error) {
      throw new PublishFailed(this.topic.topic, partition, error);
    }
  }

  /** Now and then the request comes twice. */
  private stored(log: TopicMessage[], messages: readonly TopicMessage[]): number {
    const { chance, weather } = this.around;
    if (chance.happens(weather.lost / 2)) log.push(...messages);
    log.push(...messages);
    return log.length - messages.length;
  }
}
