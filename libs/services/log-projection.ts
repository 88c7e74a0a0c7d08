import type { Log } from '#libs/messaging';
import type { ProjectorObserver } from '#libs/read-models';

/** Tells in the log what the projector tells. */
export function logProjection(log: Log): ProjectorObserver {
  return {
    projected: (ledger, { position }, events) => log.debug({ ledger, position, events }, 'projected'),
    filledFromLedger: (ledger, after, events) => log.debug({ ledger, after, events }, 'read from the ledger'),
    caughtUp: (ledger, after, { position }) => log.info({ ledger, after, position }, 'caught up without the topic'),
    overtaken: (ledger, { position }) => log.info({ ledger, position }, 'another projector was faster'),
    disbelieved: (ledger, position) => log.warn({ ledger, position }, 'events that the ledger does not have'),
    halted: (ledger, halt) => log.error({ ledger, ...halt }, 'an event cannot be projected: its ledger stands still'),
    failed: (error) => log.warn({ err: error }, 'projection could not go on, trying again'),
  };
}
