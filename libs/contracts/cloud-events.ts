import type { Day, Id } from '#libs/kernel';
import type { EventBody } from './body-codec.ts';

/** An event as it lies in the ledger and travels: the exact bytes of its body, and what is said beside them. */
export interface PublishableEvent {
  readonly ledger: Id;
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly effectiveAt: Day;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly recordedAtMs: number;
  readonly body: Buffer;
}

/** What a publisher knows beside the event. */
export interface CloudEventOrigin {
  /** UUID of the store's life: a restore or failover begins another, in which positions may be used anew. */
  readonly incarnation: string;
  /** W3C trace context of the command, when known. */
  readonly traceparent?: string;
}

/**
 * The Kafka headers of `event`; the message's value is `event.body`, byte for byte.
 * CloudEvents 1.0, Kafka protocol binding, binary content mode
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md).
 */
export function toCloudEventHeaders(event: PublishableEvent, origin: CloudEventOrigin): Record<string, string> {
  return {
    ce_specversion: '1.0',
    ce_id: cloudEventId(event),
    ce_source: cloudEventSource(event.ledger),
    ce_type: event.type,
    ce_subject: event.stream,
    ce_time: rfc3339(event.recordedAtMs),
    ce_dataschema: schemaPath(event.type, bodyOf(event).schemaVersion),
    'content-type': 'application/json',
    ledger: event.ledger,
    position: String(event.position),
    streamversion: String(event.version),
    effectiveat: event.effectiveAt,
    recordedat: String(event.recordedAtMs),
    incarnation: origin.incarnation,
    ...(origin.traceparent === undefined ? {} : { traceparent: origin.traceparent }),
  };
}

/** An event over HTTP: CloudEvents 1.0 JSON, with the ledger's own attributes as extensions. */
export interface CloudEventJson {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  readonly ledger: Id;
  readonly position: number;
  readonly streamversion: number;
  readonly effectiveat: Day;
  readonly actor: string;
  readonly actingfor?: Id;
  readonly commandid: string;
  readonly correlationid: string;
  readonly causationid?: string;
  readonly reason?: string;
  readonly evidence?: EventBody['evidence'];
  readonly data: object;
}

/** `event` as CloudEvents JSON; attributes without a value are left out, as the specification asks. */
export function toCloudEventJson(event: PublishableEvent): CloudEventJson {
  const body = bodyOf(event);
  return {
    specversion: '1.0',
    id: cloudEventId(event),
    source: cloudEventSource(event.ledger),
    type: event.type,
    subject: event.stream,
    time: rfc3339(event.recordedAtMs),
    datacontenttype: 'application/json',
    dataschema: `${schemaPath(event.type, body.schemaVersion)}#/properties/data`,
    ledger: event.ledger,
    position: event.position,
    streamversion: event.version,
    effectiveat: event.effectiveAt,
    actor: body.actor,
    ...(body.actingFor === null ? {} : { actingfor: body.actingFor }),
    commandid: body.commandId,
    correlationid: body.correlationId,
    ...(body.causationId === null ? {} : { causationid: body.causationId }),
    ...(body.reason === null ? {} : { reason: body.reason }),
    ...(body.evidence.length === 0 ? {} : { evidence: body.evidence }),
    data: body.data,
  };
}

/** `LEDGER/POSITION`: with the source, unique for ever. */
export function cloudEventId(event: { readonly ledger: Id; readonly position: number }): string {
  return `${event.ledger}/${event.position}`;
}

export function cloudEventSource(ledger: Id): string {
  return `/ledgers/${ledger}`;
}

/** Milliseconds since 1970-01-01T00:00:00Z as RFC 3339 in UTC. */
export function rfc3339(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

function schemaPath(type: string, schemaVersion: number): string {
  return `/schemas/${type}.v${schemaVersion}.json`;
}

function bodyOf(event: PublishableEvent): EventBody {
  return JSON.parse(event.body.toString('utf8')) as EventBody;
}
