import type { Id } from '#libs/kernel';
import type { Checkpoint } from './checkpoint.ts';
import type { Halt } from './halt.ts';

/** What a projector tells of itself, for logs and figures. */
export interface ProjectorObserver {
  /** `events` were folded and written; the reports of the ledger stand at `checkpoint`. */
  projected?(ledger: Id, checkpoint: Checkpoint, events: number): void;
  /** Events after `after` were read from the ledger: the feed had not brought them. */
  filledFromLedger?(ledger: Id, after: number, events: number): void;
  /** `events` of an offer were in the read models already, or said twice. */
  dropped?(ledger: Id, events: number): void;
  /** A follower with patience brought the ledger on from `after`: the feed that it watches had not. */
  caughtUp?(ledger: Id, after: number, checkpoint: Checkpoint): void;
  /** Another projector moved the checkpoint first. */
  overtaken?(ledger: Id, checkpoint: Checkpoint): void;
  /** Events came from another incarnation of the store, or from beyond the ledger's head; they were not believed. */
  disbelieved?(ledger: Id, position: number): void;
  halted?(ledger: Id, halt: Halt): void;
  /** A pass over the ledgers failed and will be tried again. */
  failed?(error: unknown): void;
}
