/** A stored event says to be of a schema version that this release does not read: a later release wrote it. */
export class EventVersionUnknown extends Error {
  override readonly name = 'EventVersionUnknown';
  readonly code = 'EVENT_VERSION_UNKNOWN';

  constructor(
    readonly eventType: string,
    /** As found: no whole number from 1 on where the body was never one of ours. */
    readonly schemaVersion: unknown,
    /** The last version that is read. */
    readonly newestVersion: number,
  ) {
    super(
      `${eventType} of schema version ${String(schemaVersion)} cannot be read, only up to ${newestVersion}: run the release that wrote it, or a later one`,
    );
  }
}
