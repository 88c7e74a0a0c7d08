import {
  PublishFailed,
  type EventTopic,
  type RecordedPlace,
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

  constructor(readonly partitions: number) {
    this.logs = Array.from({ length: partitions }, () => []);
  }

  private readonly listening: (() => void)[] = [];

  /** Resolves when something has come or gone. */
  changed(): Promise<void> {
    return new Promise((resolve) => void this.listening.push(resolve));
  }

  tellChange(): void {
    for (const tell of this.listening.splice(0)) tell();
  }

  log(partition: number): TopicMessage[] {
    return this.logs[partition] ?? [];
  }

  recreate(): void {
    this.damaged = true;
    for (const log of this.logs) log.length = 0;
    this.tellChange();
  }

  loseTail(partition: number, messages: number): void {
    this.damaged = true;
    const log = this.log(partition);
    log.length = Math.max(0, log.length - messages);
    this.tellChange();
  }

  /** As `process` reaches it. */
  seenFrom(process: SimulatedProcess): EventTopic {
    return {
      topic: this.topic,
      ensure: () => process.call(() => this.partitions),
      extents: () => process.call(() => this.logs.map(({ length }) => ({ low: 0, high: length }))),
      recordAt: (partition, offset) => process.call(() => placeOf(this.log(partition)[offset])),
    };
  }
}

/** Publishes as the kafkajs adapter does: not idempotent, told of a loss, watching the base offsets. */
export class ModelPublisher implements TopicPublisher {
  constructor(
    private readonly topic: ModelTopic,
    private readonly process: SimulatedProcess,
    private readonly around: Surroundings,
  ) {}

  async publish(partition: number, messages: readonly TopicMessage[]): Promise<number> {
    try {
      return await this.process.call(() => this.stored(this.topic.log(partition), messages));
    } catch (error) {
      throw new PublishFailed(this.topic.topic, partition, error);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Now and then the request comes twice. */
  private stored(log: TopicMessage[], messages: readonly TopicMessage[]): number {
    const { chance, weather, tally } = this.around;
    if (chance.happens(weather.lost / 2)) {
      tally.add('request stored twice');
      log.push(...messages);
    }
    log.push(...messages);
    this.topic.tellChange();
    return log.length - messages.length;
  }
}

function placeOf(message: TopicMessage | undefined): RecordedPlace | null {
  if (message === undefined) return null;
  const { headers, key } = message;
  return { ledger: key, position: Number(headers['position']), incarnation: headers['incarnation'] ?? '' };
}
