import type { StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** The topic that carries every ledger, whatever client stands behind it. */
export interface EventTopic {
  readonly topic: string;
  /**
   * Makes the topic unless it is there, and answers its number of partitions.
   * Throws TopicForgets when the live topic would delete or compact events.
   */
  ensure(): Promise<number>;
  /** What each partition holds: index = partition. */
  extents(): Promise<readonly PartitionExtent[]>;
  /** Which event lies at `offset` of `partition`; null when there is none, or something that is no event of ours. */
  recordAt(partition: number, offset: number): Promise<RecordedPlace | null>;
}

/** A partition holds the offsets from `low` to before `high`. */
export interface PartitionExtent {
  readonly low: number;
  /** The offset that the next message gets. */
  readonly high: number;
}

/** What a message of the topic says of its event: no two events that were ever published say the same. */
export interface RecordedPlace {
  readonly ledger: Id;
  readonly position: number;
  /** UUID of the store's life that published it. */
  readonly incarnation: string;
}

export interface TopicMessage {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970-01-01T00:00:00Z: the message's own timestamp in Kafka. */
  readonly timestampMs: number;
}

export interface TopicPublisher {
  /**
   * Appends `messages` in order to `partition` and answers the offset of the first once every in-sync replica has them.
   * Throws PublishFailed: then some, all or none may be in the topic, once or more often. At most one call at a time
   * per partition: that, and no cleverness of the client, keeps the order.
   */
  publish(partition: number, messages: readonly TopicMessage[]): Promise<number>;
  close(): Promise<void>;
}

/** A message that is no event of ours. The reader goes on without it: whoever misses a position asks the ledger. */
export interface PoisonMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly error: Error;
}

export interface DeliveryOrigin {
  /** UUID of the store's life that published the events. */
  readonly incarnation: string;
}

/**
 * Takes events of one ledger in the order of the topic: now and then again, now and then with a gap.
 * What it throws holds the partition back until a later try goes through.
 */
export type DeliveryHandler = (ledger: Id, events: readonly StoredEvent[], origin: DeliveryOrigin) => Promise<void>;

/** One member of a group of readers that share the topic's partitions. */
export interface PartitionConsumer {
  start(): void;
  /** Resolves when the handlers under way have ended and the group knows. */
  stop(): Promise<void>;
  /** Whether the reader is a member of its group right now. */
  readonly joined: boolean;
}
