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
import { PartitionEnds } from './partition-ends.ts';
import type { Publication } from './publications.ts';
import type { Refill } from './refills.ts';

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
  private readonly published = new Map<Id, Publication>();
  private readonly halts = new Map<Id, Error>();
  private readonly ends: PartitionEnds;
  private partitions = 0;
  /** By partition: below it the topic gives no offset again, unless it was emptied or made anew. */
  private nextOffsets: number[] = [];

  constructor(
    private readonly parts: RelayParts,
    private readonly pace: RelayPace,
    private readonly epoch: number,
    /** Whether the lead is still ours: asked before each request. */
    private readonly held: () => boolean,
  ) {
    this.ends = new PartitionEnds(parts.topic);
  }

  get halted(): ReadonlyMap<Id, Error> {
    return this.halts;
  }

  /** Finds the topic and where each ledger is. Throws when the topic is not as it was made. */
  async begin(): Promise<void> {
    const { topic, progress } = this.parts;
    this.partitions = await topic.ensure();
    const recorded = await progress.recordPartitions(this.partitions);
    if (recorded !== this.partitions) throw new TopicPartitionsChanged(topic.topic, recorded, this.partitions);
    for (const publication of await progress.take(this.epoch)) await this.resume(publication);
    await this.inspect();
  }

  /**
   * Looks whether the topic still holds what it acknowledged, and publishes again what a partition lost. The offsets alone
   * do not tell: what was sent to a topic made anew, and never answered, may have filled it up to where it was.
   */
  async inspect(): Promise<void> {
    const extents = await this.parts.topic.extents();
    this.nextOffsets = extents.map(({ high }) => high);
    for (const partition of await this.ends.damaged(extents)) await this.restartPartition(partition);
  }

  /** Begins what was asked for since, and notes what is done. */
  async takeUpRefills(heads: ReadonlyMap<Id, LedgerHead>): Promise<void> {
    for (const refill of await this.parts.progress.openRefills()) {
      const position = this.published.get(refill.ledger)?.position ?? 0;
      if (refill.upTo === null) await this.beginRefill(refill, heads.get(refill.ledger)?.position ?? 0);
      else if (position >= refill.upTo) await this.parts.progress.finishRefill(refill.refill);
    }
  }

  /** Publishes the next page of each ledger that is behind its head. False when none is. */
  async publishDue(heads: ReadonlyMap<Id, LedgerHead>): Promise<boolean> {
    const queues = new Map<number, (() => Promise<void>)[]>();
    for (const [ledger, head] of heads) {
      if (this.halts.has(ledger) || head.position === (this.published.get(ledger)?.position ?? 0)) continue;
      const partition = partitionOf(ledger, this.partitions);
      const publish = () => this.haltOnDefect(ledger, () => this.publishPage(ledger, partition, head.position));
      queues.set(partition, [...(queues.get(partition) ?? []), publish]);
    }
    const outcomes = await Promise.allSettled([...queues.values()].map(inTurn));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return queues.size > 0;
  }

  private async resume(publication: Publication): Promise<void> {
    const { ledger, incarnation } = publication;
    await this.haltOnDefect(ledger, () => {
      if (incarnation !== this.parts.incarnation) {
        throw new IncarnationChanged(ledger, incarnation, this.parts.incarnation);
      }
      this.published.set(ledger, publication);
      this.ends.resume(partitionOf(ledger, this.partitions), publication);
    });
  }

  private async beginRefill({ refill, ledger }: Refill, upTo: number): Promise<void> {
    const { incarnation, progress, observer } = this.parts;
    const isKnown = this.published.has(ledger) || this.halts.has(ledger);
    if (!isKnown) await this.beginLedger(ledger);
    if (!(await progress.beginRefill({ refill, ledger, incarnation, epoch: this.epoch, upTo }))) throw this.lost();
    this.published.set(ledger, unpublished(ledger, incarnation));
    this.halts.delete(ledger);
    observer.refilling(ledger, upTo);
  }

  private async publishAgain(ledger: Id, position: number): Promise<void> {
    this.parts.observer.publishingAgain(ledger, position);
    if (!(await this.parts.progress.restart(ledger, this.epoch))) throw this.lost();
    this.published.set(ledger, unpublished(ledger, this.parts.incarnation));
  }

  private async publishPage(ledger: Id, partition: number, head: number): Promise<void> {
    const from = this.published.get(ledger) ?? (await this.beginLedger(ledger));
    const after = from.position;
    if (head < after) throw new PublishedBeyondLedger(ledger, after, head);
    const page = await this.parts.reader.read(ledger, { after, upTo: head, limit: this.pace.pageEvents });
    assertDense(ledger, after, page);
    let reached = from;
    for (const request of requestsOf(page, { eventsMax: this.pace.requestEvents, bytesMax: this.pace.requestBytes })) {
      if (!this.held()) throw this.lost();
      const messages = request.map((event) => toMessage(event, { incarnation: this.parts.incarnation }));
      const firstOffset = await this.send(partition, messages);
      const lastOffset = firstOffset + messages.length - 1;
      const position = reached.position + messages.length;
      reached = { ...reached, position, firstOffset: reached.firstOffset ?? firstOffset, lastOffset };
      this.ends.note(partition, reached);
    }
    const to = after + page.length;
    await this.record({ ...reached, position: to }, after);
    this.parts.observer.published(ledger, to, page.length);
  }

  private async record(reached: Publication, from: number): Promise<void> {
    const { ledger, position: to, firstOffset, lastOffset } = reached;
    const { epoch } = this;
    const extent = { firstOffset: firstOffset ?? 0, lastOffset: lastOffset ?? 0 };
    if (!(await this.parts.progress.advance({ ledger, epoch, from, to, ...extent }))) throw this.lost();
    this.published.set(ledger, reached);
  }

  /**
   * An offset that went back, or one further on than it should be with something else where the last message was: the topic
   * is not the one that acknowledged the rest. That ends the term, and the next one looks what is lost. Further on alone is
   * somebody else's writing, a late request or an earlier leader's, and harms nobody.
   */
  private async send(partition: number, messages: readonly TopicMessage[]): Promise<number> {
    const { publisher, topic } = this.parts;
    const baseOffset = await publisher.publish(partition, messages);
    const expected = this.nextOffsets[partition] ?? 0;
    this.nextOffsets[partition] = baseOffset + messages.length;
    const isWhole = baseOffset === expected || (baseOffset > expected && (await this.ends.endIsThere(partition)));
    if (!isWhole) throw new TopicRestarted(topic.topic, partition, expected, baseOffset);
    return baseOffset;
  }

  private async restartPartition(partition: number): Promise<void> {
    this.ends.forget(partition);
    for (const [ledger, { position }] of this.published) {
      if (partitionOf(ledger, this.partitions) === partition) await this.publishAgain(ledger, position);
    }
  }

  private async beginLedger(ledger: Id): Promise<Publication> {
    const { incarnation, progress } = this.parts;
    const begun = await progress.begin({ ledger, incarnation, epoch: this.epoch });
    if (begun === null) throw this.lost();
    this.published.set(ledger, begun);
    return begun;
  }

  /** A defect of one ledger stops that ledger, in sight; whatever may pass by itself ends the term and is tried again. */
  private async haltOnDefect(ledger: Id, work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof MessagingError) || error.retriable) throw error;
      this.halts.set(ledger, error);
      this.parts.observer.halted(ledger, error);
      if (!(await this.parts.progress.halt(ledger, this.epoch, error.code))) throw this.lost();
    }
  }

  private lost(): LeadershipLost {
    return new LeadershipLost(this.parts.topic.topic, this.epoch);
  }
}

function unpublished(ledger: Id, incarnation: string): Publication {
  return { ledger, incarnation, position: 0, firstOffset: null, lastOffset: null };
}

/** One at a time: a partition has at most one request under way. */
async function inTurn(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  for (const task of tasks) await task();
}
