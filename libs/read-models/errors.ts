import type { Id } from '#libs/kernel';

/** What keeps a read model from being written or answered from; `retriable` says whether the same call may go through later. */
export abstract class ReadModelError extends Error {
  abstract readonly code: string;
  abstract readonly retriable: boolean;
}

/** The read models have not come as far as the position asked for. `position` is where they stand. */
export class ReadModelBehind extends ReadModelError {
  readonly code = 'READ_MODEL_BEHIND';
  readonly retriable = true;
  constructor(
    readonly ledger: Id,
    readonly wantedPosition: number,
    readonly position: number,
  ) {
    super(`the reports of ${ledger} stand at ${position}, not yet at ${wantedPosition}`);
  }
}

/** An event of a type that this code does not know: newer than the projector. */
export class EventTypeUnknown extends ReadModelError {
  readonly code = 'EVENT_TYPE_UNKNOWN';
  readonly retriable = false;
  constructor(readonly eventType: string) {
    super(`no read model knows what ${eventType} means`);
  }
}

/** An event of a schema version that this code does not know: newer than the projector. */
export class EventVersionNewer extends ReadModelError {
  readonly code = 'EVENT_VERSION_UNKNOWN';
  readonly retriable = false;
  constructor(
    readonly position: number,
    cause: Error,
  ) {
    super(`the event at ${position} is newer than this release: ${cause.message}`, { cause });
  }
}

/** The event's bytes are no event. */
export class EventUndecodable extends ReadModelError {
  readonly code = 'EVENT_UNDECODABLE';
  readonly retriable = false;
  constructor(
    readonly position: number,
    cause: unknown,
  ) {
    super(`the event at ${position} cannot be decoded`, { cause });
  }
}

/** An event speaks of a schedule line that no earlier event opened. */
export class LineUnknown extends ReadModelError {
  readonly code = 'LINE_UNKNOWN';
  readonly retriable = false;
  constructor(readonly lineId: string) {
    super(`no event opened line ${lineId}`);
  }
}

/** A figure left the range in which whole numbers are exact. */
export class FigureOutOfRange extends ReadModelError {
  readonly code = 'FIGURE_OUT_OF_RANGE';
  readonly retriable = false;
  constructor(readonly lineId: string) {
    super(`a figure of line ${lineId} is beyond 2^53`);
  }
}
