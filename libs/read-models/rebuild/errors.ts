import type { Id } from '#libs/kernel';
import { ReadModelError } from '../errors.ts';

/** Another process rebuilds or drops read models of this ledger right now. */
export class RebuildUnderWay extends ReadModelError {
  readonly code = 'REBUILD_UNDER_WAY';
  readonly retriable = true;
  constructor(readonly ledger: Id) {
    super(`another process works on the generations of ${ledger}`);
  }
}

/** The source does not hold the event at `position`, which the live read models have read. */
export class SourceIncomplete extends ReadModelError {
  readonly code = 'SOURCE_INCOMPLETE';
  readonly retriable = true;
  constructor(
    readonly ledger: Id,
    readonly source: string,
    readonly position: number,
  ) {
    super(`${source} does not give the event at ${position} of ${ledger}`);
  }
}

/** The generation cannot be dropped: reports are answered from it. */
export class GenerationLive extends ReadModelError {
  readonly code = 'GENERATION_LIVE';
  readonly retriable = false;
  constructor(
    readonly ledger: Id,
    readonly generation: number,
  ) {
    super(`generation ${generation} of ${ledger} is live`);
  }
}

/** There is nothing of this generation. */
export class GenerationUnknown extends ReadModelError {
  readonly code = 'GENERATION_UNKNOWN';
  readonly retriable = false;
  constructor(
    readonly ledger: Id,
    readonly generation: number,
  ) {
    super(`${ledger} has no generation ${generation}`);
  }
}

/** Somebody else wrote to the generation that is being built. */
export class GenerationTaken extends ReadModelError {
  readonly code = 'GENERATION_TAKEN';
  readonly retriable = true;
  constructor(
    readonly ledger: Id,
    readonly generation: number,
  ) {
    super(`generation ${generation} of ${ledger} was written or dropped by someone else`);
  }
}
