import type { LedgerHead, LedgerReader } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import {
  IncarnationChanged,
  LeadershipLost,
  MessagingError,
  PublishedBeyondLedger,
  TopicPartitionsChanged,
  TopicRestarted,
} from '../errors.ts';
import { partitionOf } from '../murmur2.ts';
import type { EventTopic, TopicMessage, TopicPublisher } from '../ports.ts';
import { assertDense, requestsOf, toMessage } from './messages.ts';
import type { RelayObserver } from './observer.ts';
import type { RelayProgress } from './progress.ts';
import type { Publication } from './publications.ts';

export interface RelayParts {
  readonly reader: LedgerReader;
  readonly progress: RelayProgress;
  readonly topic: EventTopic;
  readonly publisher: TopicPublisher;
  /** UUID of the store's life. */
  readonly incarnation: string;
  readonly observer: RelayObserver;
}

/** How much a leader holds in memory: a page a partition, in requests of this size. */
export interface RelayPace {
  readonly pageEvents: number;
  readonly requestEvents: number;
  readonly requestBytes: number;
}

/** One relay's lead from its start to its end: what it publishes, and how far each ledger is. */
export class LeadTerm {
  private readonly published = new Map<Id, number>();
  private readonly halts = new Map<Id, Error>();
  private partitions = 0;
  /** By partition: below it the topic gives no offset again, unless it was emptied or made anew. */
  private nextOffsets: number[] = [];

  constructor(
    private readonly parts: RelayParts,
    private readonly pace: RelayPace,
    private readonly epoch: number,
    /** Whether the lead is still ours: asked before each request. */
    private readonly held: () => boolean,
  ) {}

  get halted(): ReadonlyMap<Id, Error> {
    return this.halts;
  }

  /** Finds the topic and where each ledger is. Throws when the topic is not as it was made. */
  async begin(): Promise<void> {
    const { topic, progress } = this.parts;
    this.partitions = await topic.ensure();
    const recorded = await progress.recordPartitions(this.partitions);
    if (recorded !== this.partitions) throw new TopicPartitionsChanged(topic.topic, recorded, this.partitions);
    const publications = await progress.take(this.epoch);
    this.nextOffsets = [...(await topic.nextOffsets())];
    for (const publication of publications) {
      await this.resume(publication, this.nextOffsets[partitionOf(publication.ledger, this.partitions)] ?? 0);
    }
  }

  /** Publishes the next page of each ledger that is behind its head. False when none is. */
  async publishDue(heads: ReadonlyMap<Id, LedgerHead>): Promise<boolean> {
    const queues = new Map<number, (() => Promise<void>)[]>();
    for (const [ledger, head] of heads) {
      if (this.halts.has(ledger) || head.position === (this.published.get(ledger) ?? 0)) continue;
      const partition = partitionOf(ledger, this.partitions);
      const publish = () => this.haltOnDefect(ledger, () => this.publishPage(ledger, partition, head.position));
      queues.set(partition, [...(queues.get(partition) ?? []), publish]);
    }
    const outcomes = await Promise.allSettled([...queues.values()].map(inTurn));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return queues.size > 0;
  }

  private async resume(publication: Publication, nextOffset: number): Promise<void> {
    const { ledger, incarnation, position, lastOffset } = publication;
    await this.haltOnDefect(ledger, async () => {
      if (incarnation !== this.parts.incarnation) {
        throw new IncarnationChanged(ledger, incarnation, this.parts.incarnation);
      }
      const lost = lastOffset !== null && lastOffset >= nextOffset;
      if (lost) await this.publishAgain(ledger, position);
      this.published.set(ledger, lost ? 0 : position);
    });
  }

  private async publishAgain(ledger: Id, position: number): Promise<void> {
    this.parts.observer.publishingAgain(ledger, position);
    if (!(await this.parts.progress.restart(ledger, this.epoch))) throw this.lost();
  }

  private async publishPage(ledger: Id, partition: number, head: number): Promise<void> {
    const after = this.published.get(ledger) ?? (await this.beginLedger(ledger));
    if (head < after) throw new PublishedBeyondLedger(ledger, after, head);
    const page = await this.parts.reader.read(ledger, { after, upTo: head, limit: this.pace.pageEvents });
    assertDense(ledger, after, page);
    let lastOffset = 0;
    for (const request of requestsOf(page, { eventsMax: this.pace.requestEvents, bytesMax: this.pace.requestBytes })) {
      if (!this.held()) throw this.lost();
      const messages = request.map((event) => toMessage(event, { incarnation: this.parts.incarnation }));
      lastOffset = (await this.send(partition, messages)) + messages.length - 1;
    }
    const to = after + page.length;
    const { epoch } = this;
    if (!(await this.parts.progress.advance({ ledger, epoch, from: after, to, lastOffset }))) throw this.lost();
    this.published.set(ledger, to);
    this.parts.observer.published(ledger, to, page.length);
  }

  /**
   * What was just sent lies in the new topic and hides the loss from the next term, which compares offsets: so everything
   * published to the partition starts again before the term ends.
   */
  private async send(partition: number, messages: readonly TopicMessage[]): Promise<number> {
    const { publisher, topic } = this.parts;
    try {
      const baseOffset = await publisher.publish(partition, messages);
      const expected = this.nextOffsets[partition] ?? 0;
      if (baseOffset < expected) throw new TopicRestarted(topic.topic, partition, expected, baseOffset);
      this.nextOffsets[partition] = baseOffset + messages.length;
      return baseOffset;
    } catch (error) {
      if (error instanceof TopicRestarted) await this.restartPartition(partition);
      throw error;
    }
  }

  private async restartPartition(partition: number): Promise<void> {
    for (const [ledger, position] of this.published) {
      if (partitionOf(ledger, this.partitions) === partition) await this.publishAgain(ledger, position);
    }
  }

  private async beginLedger(ledger: Id): Promise<number> {
    const { incarnation, progress } = this.parts;
    const begun = await progress.begin({ ledger, incarnation, epoch: this.epoch });
    if (begun === null) throw this.lost();
    return begun.position;
  }

  /** A defect of one ledger stops that ledger, in sight; whatever may pass by itself ends the term and is tried again. */
  private async haltOnDefect(ledger: Id, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof MessagingError) || error.retriable) throw error;
      this.halts.set(ledger, error);
      this.parts.observer.halted(ledger, error);
    }
  }

  private lost(): LeadershipLost {
    return new LeadershipLost(this.parts.topic.topic, this.epoch);
  }
}

/** One at a time: a partition has at most one request under way. */
async function inTurn(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  for (const task of tasks) await task();
}
