import type { Day } from './day.ts';
import type { Id } from './ids.ts';

/** A document that a command rests on: where it lies, and the SHA-256 of its bytes in lower-case hex. */
export interface Evidence {
  readonly uri: string;
  /** @pattern ^[0-9a-f]{64}$ */
  readonly sha256: string;
}

/** What `decide` returns: a past fact on one stream. `data` is a storage format, changed only by a new version and an upcaster. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  /**
   * `kind/id`, such as `order/PO-T1`.
   * @pattern ^[a-z]+/\S{1,200}$
   */
  readonly stream: string;
  readonly data: Data;
}

/** Who asked for a command, when it is true in the world, and what it follows from. Said of every event the command makes. */
export interface CommandMetadata {
  /** Idempotency key, unique per ledger and actor, kept for ever. */
  readonly commandId: string;
  /** Pseudonym of the person; the name lives elsewhere and can be erased. */
  readonly actor: string;
  /** The company the actor acted for; null for a group-wide role. */
  readonly actingFor: Id | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** Valid time: the day it was true in the world. */
  readonly effectiveAt: Day;
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
}

/** An event that may say otherwise than its command of some of what is said of every event: it was asked for by an earlier one. */
export type Said<Event extends DomainEvent> = Event & {
  readonly said?: Pick<CommandMetadata, 'effectiveAt' | 'reason' | 'evidence' | 'causationId'>;
};

/** The event with what is said of it: by itself, else by its command. */
export function withMetadata<Event extends DomainEvent>(
  event: Said<Event>,
  metadata: CommandMetadata,
): Event & CommandMetadata {
  if (event.said === undefined) return { ...event, ...metadata };
  const { said, ...rest } = event;
  return { ...(rest as unknown as Event), ...metadata, ...said };
}

/** An event as `evolve` sees it, before and after it is stored: everything but when the ledger learned it. */
export type DecidedEvent<Event extends DomainEvent = DomainEvent> = Event &
  CommandMetadata & {
    /** 1, 2, 3 … within the ledger, without gaps. */
    readonly position: number;
    /**
     * 1, 2, 3 … within the stream, without gaps.
     * @minimum 1
     */
    readonly version: number;
    readonly schemaVersion: number;
  };

/** An event in the ledger. `recordedAtMs`: transaction time, milliseconds since 1970-01-01T00:00:00Z, never going back. */
export type RecordedEvent<Event extends DomainEvent = DomainEvent> = DecidedEvent<Event> & {
  readonly ledger: Id;
  readonly recordedAtMs: number;
};
