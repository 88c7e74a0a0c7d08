import type { Id } from '#libs/kernel';

/** What keeps the topic from being written or read; `retriable` says whether trying again may help. */
export abstract class MessagingError extends Error {
  abstract readonly code: string;
  abstract readonly retriable: boolean;
}

/** The broker did not acknowledge: the messages may or may not be in the topic. Send them again. */
export class PublishFailed extends MessagingError {
  readonly code = 'PUBLISH_FAILED';
  readonly retriable = true;
  constructor(
    readonly topic: string,
    readonly partition: number,
    cause: unknown,
  ) {
    super(`no acknowledgement from partition ${partition} of ${topic}`, { cause });
  }
}

/** Kafka gave an offset that it had given before: the topic was emptied or made anew while we wrote to it. */
export class TopicRestarted extends MessagingError {
  readonly code = 'TOPIC_RESTARTED';
  readonly retriable = true;
  constructor(
    readonly topic: string,
    readonly partition: number,
    readonly expectedOffset: number,
    readonly foundOffset: number,
  ) {
    super(`partition ${partition} of ${topic} went back from offset ${expectedOffset} to ${foundOffset}`);
  }
}

/** The live topic has another number of partitions than it was made with: ledgers would lose their order. */
export class TopicPartitionsChanged extends MessagingError {
  readonly code = 'TOPIC_PARTITIONS_CHANGED';
  readonly retriable = false;
  constructor(
    readonly topic: string,
    readonly recorded: number,
    readonly found: number,
  ) {
    super(`${topic} has ${found} partitions, it was made with ${recorded}`);
  }
}

/** The live topic would delete or compact events. */
export class TopicForgets extends MessagingError {
  readonly code = 'TOPIC_FORGETS';
  readonly retriable = false;
  constructor(
    readonly topic: string,
    readonly setting: string,
    readonly expected: string,
    readonly found: string,
  ) {
    super(`${topic} has ${setting}=${found}, it must be ${expected}`);
  }
}

/** The ledger was published from another life of the store: its positions may mean other events. */
export class IncarnationChanged extends MessagingError {
  readonly code = 'INCARNATION_CHANGED';
  readonly retriable = false;
  constructor(
    readonly ledger: Id,
    readonly published: string,
    readonly store: string,
  ) {
    super(`ledger ${ledger} was published from incarnation ${published}, the store is ${store}`);
  }
}

/** The topic holds more of the ledger than the ledger itself: the store lost its tail. */
export class PublishedBeyondLedger extends MessagingError {
  readonly code = 'PUBLISHED_BEYOND_LEDGER';
  readonly retriable = false;
  constructor(
    readonly ledger: Id,
    readonly published: number,
    readonly head: number,
  ) {
    super(`ledger ${ledger} is published up to ${published}, its head is ${head}`);
  }
}

/** A read of the ledger skipped a position, which a ledger never does. */
export class LedgerGap extends MessagingError {
  readonly code = 'LEDGER_GAP';
  readonly retriable = false;
  constructor(
    readonly ledger: Id,
    readonly expectedPosition: number,
    readonly foundPosition: number | null,
  ) {
    super(`ledger ${ledger} gave position ${foundPosition ?? 'none'} where ${expectedPosition} was due`);
  }
}

/** Somebody has asked for the same already, and it is not done: that refill goes on. */
export class RefillUnderWay extends MessagingError {
  readonly code = 'REFILL_UNDER_WAY';
  readonly retriable = false;
  constructor(
    readonly topic: string,
    readonly ledger: Id,
  ) {
    super(`ledger ${ledger} is being published to ${topic} anew already: wait until that is done`);
  }
}

/** Another relay leads now. */
export class LeadershipLost extends MessagingError {
  readonly code = 'LEADERSHIP_LOST';
  readonly retriable = true;
  constructor(
    readonly topic: string,
    readonly epoch: number,
  ) {
    super(`another relay leads ${topic}; epoch ${epoch} is over`);
  }
}
