/** A Kafka message that is not one of our CloudEvents. `attribute` names the header, or `value`, that is wrong. */
export class MalformedCloudEvent extends Error {
  override readonly name = 'MalformedCloudEvent';
  readonly code = 'CLOUD_EVENT_MALFORMED';

  constructor(
    readonly attribute: string,
    /** What stood there; null when it was missing. */
    readonly found: string | null,
  ) {
    super(found === null ? `${attribute} is missing` : `${attribute} is malformed`);
  }
}
