import { isId, parseDay } from '#libs/kernel';
import { MalformedCloudEvent } from './cloud-event-errors.ts';
import { cloudEventId, cloudEventSource, rfc3339 } from './cloud-events.ts';
import type { CloudEventOrigin, PublishableEvent } from './cloud-events.ts';

/** Headers as a Kafka client hands them over: a repeated header is a list. */
export type MessageHeaders = Readonly<Record<string, Buffer | string | readonly (Buffer | string)[] | undefined>>;

/**
 * The event in a message of the events topic, and what its publisher said of itself.
 * Throws {@link MalformedCloudEvent} unless every header is there once, well formed and in accord with the others:
 * whoever reads the topic trusts them for the place of the event.
 */
export function fromKafkaMessage(
  headers: MessageHeaders | undefined,
  value: Buffer | null,
): { readonly event: PublishableEvent; readonly origin: CloudEventOrigin } {
  const read = (name: string, accepts: (text: string) => boolean) => header(headers, name, accepts);
  const event = {
    ledger: read('ledger', isId),
    position: Number(read('position', isCount)),
    stream: read('ce_subject', (text) => SUBJECT.test(text)),
    version: Number(read('streamversion', isCount)),
    type: read('ce_type', (text) => TYPE.test(text)),
    effectiveAt: read('effectiveat', (text) => parseDay(text) !== null),
    recordedAtMs: Number(read('recordedat', isInstant)),
    body: value,
  };
  read('ce_specversion', equals('1.0'));
  read('ce_id', equals(cloudEventId(event)));
  read('ce_source', equals(cloudEventSource(event.ledger)));
  read('ce_time', equals(rfc3339(event.recordedAtMs)));
  read('ce_dataschema', (text) => text.startsWith(`/schemas/${event.type}.v`) && SCHEMA_VERSION.test(text));
  read('content-type', equals('application/json'));
  const incarnation = read('incarnation', (text) => UUID.test(text));
  if (event.body === null) throw new MalformedCloudEvent('value', null);
  return { event: { ...event, body: event.body }, origin: { incarnation, ...traceparent(headers) } };
}

const SUBJECT = /^[a-z]+\/\S{1,200}$/;
const TYPE = /^[A-Z][A-Za-z0-9]{0,99}$/;
const SCHEMA_VERSION = /\.v[1-9]\d{0,5}\.json$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** The last instant of JavaScript's Date, in milliseconds. */
const INSTANT_MAX_MS = 8.64e15;

function traceparent(headers: MessageHeaders | undefined): { traceparent?: string } {
  if (headers?.['traceparent'] === undefined) return {};
  return { traceparent: header(headers, 'traceparent', (text) => TRACEPARENT.test(text)) };
}

function header(headers: MessageHeaders | undefined, name: string, accepts: (text: string) => boolean): string {
  const found = headers?.[name];
  if (found === undefined) throw new MalformedCloudEvent(name, null);
  const text = typeof found === 'string' || Buffer.isBuffer(found) ? found.toString() : found.join(', ');
  if (Array.isArray(found) || !accepts(text)) throw new MalformedCloudEvent(name, text);
  return text;
}

const equals = (expected: string) => (text: string) => text === expected;

/** 1, 2, 3 … as plain decimal digits: `Number` alone would take `0x10`, ` 1` and `1e3`. */
function isCount(text: string): boolean {
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text));
}

function isInstant(text: string): boolean {
  return /^(0|-?[1-9]\d{0,15})$/.test(text) && Math.abs(Number(text)) <= INSTANT_MAX_MS;
}
