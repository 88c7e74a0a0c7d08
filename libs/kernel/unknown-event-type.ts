/** `evolve` was given an event of a type that this release does not know: a later release wrote it. */
export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';
  readonly code = 'EVENT_TYPE_UNKNOWN';

  constructor(readonly eventType: string) {
    super(`no rule knows what ${eventType} means: run the release that wrote it, or a later one`);
  }
}
