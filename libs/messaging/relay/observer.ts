import type { Id } from '#libs/kernel';
import type { Log } from '../log.ts';

/** What a relay tells of itself, for logs and metrics. */
export interface RelayObserver {
  leading(epoch: number): void;
  /** Another relay leads. */
  standingBy(): void;
  /** `position`: now acknowledged; `events`: how many more than before. */
  published(ledger: Id, position: number, events: number): void;
  /** The topic lost what was acknowledged up to `position`: the ledger is published again from its start. */
  publishingAgain(ledger: Id, position: number): void;
  /** Somebody asked for the ledger to be published anew; its head is `upTo`. */
  refilling(ledger: Id, upTo: number): void;
  /** The ledger is not published any more, until somebody releases it or the relay is started again. */
  halted(ledger: Id, error: Error): void;
  failed(error: unknown, retryDelayMs: number): void;
}

export function logRelay(log: Log): RelayObserver {
  return {
    leading: (epoch) => log.info({ epoch }, 'relay leads'),
    standingBy: () => log.info({}, 'relay stands by'),
    published: (ledger, position, events) => log.debug({ ledger, position, events }, 'published'),
    publishingAgain: (ledger, position) =>
      log.warn({ ledger, position }, 'the topic lost events of this ledger: publishing it again from its start'),
    refilling: (ledger, upTo) => log.info({ ledger, upTo }, 'publishing the ledger anew, as somebody asked'),
    halted: (ledger, error) => log.error({ ledger, err: error }, 'ledger is not published any more'),
    failed: (error, retryDelayMs) => log.warn({ err: error, retryDelayMs }, 'relay could not go on, trying again'),
  };
}
