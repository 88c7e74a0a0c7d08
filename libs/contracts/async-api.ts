import { eventSchemas, type EventSchema } from './event-schemas.ts';
import { EVENTS_TOPIC } from './events-topic.ts';

/** An AsyncAPI 3.0 document (https://www.asyncapi.com/docs/reference/specification/v3.0.0). */
export type AsyncApiDocument = Readonly<Record<string, unknown>> & {
  readonly asyncapi: '3.0.0';
  readonly components: Readonly<Record<'messages' | 'schemas', Readonly<Record<string, object>>>>;
};

/** The topic of the events, and a message for every event type in every version that it may hold: headers, key and body. */
export function asyncApiDocument(): AsyncApiDocument {
  const names = [...eventSchemas()].map(([file, schema]) => [file.slice(0, -'.json'.length), schema] as const);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Waybill events',
      version: '0.1.0',
      description:
        'The events of every ledger, as CloudEvents 1.0 in the binary mode of the Kafka binding. The value is the stored body, byte for byte. Delivery is at least once: read a ledger by position, drop what you have, fetch what is missing.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      events: {
        address: EVENTS_TOPIC.topic,
        description: 'One ledger lies in one partition, in the order of its positions; nothing is ever deleted.',
        messages: Object.fromEntries(names.map(([name]) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: {
          kafka: {
            topic: EVENTS_TOPIC.topic,
            partitions: EVENTS_TOPIC.partitions,
            topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
            bindingVersion: '0.5.0',
          },
        },
      },
    },
    operations: { publishEvents: { action: 'send', channel: { $ref: '#/channels/events' } } },
    components: {
      messages: Object.fromEntries(names.map(([name, schema]) => [name, messageOf(name, schema)])),
      schemas: { CloudEventHeaders: HEADERS },
    },
  };
}

function messageOf(name: string, { title, description }: EventSchema): object {
  const dataschema = `/schemas/${name}.json`;
  const [type] = name.split('.');
  return {
    name: type,
    title: title ?? name,
    ...(description === undefined ? {} : { description }),
    headers: {
      allOf: [
        { $ref: '#/components/schemas/CloudEventHeaders' },
        { type: 'object', properties: { ce_type: { const: type }, ce_dataschema: { const: dataschema } } },
      ],
    },
    payload: { schemaFormat: 'application/schema+json;version=draft-2020-12', schema: { $ref: dataschema } },
    bindings: { kafka: { key: { type: 'string', description: 'The ledger.' }, bindingVersion: '0.5.0' } },
  };
}

const text = (pattern: string, description: string) => ({ type: 'string', pattern, description });

const HEADERS = {
  type: 'object',
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: text('^[^/]+/[0-9]+$', 'Ledger and position: the same event has the same id.'),
    ce_source: text('^/ledgers/', 'The ledger.'),
    ce_type: text('^[A-Z][A-Za-z0-9]{0,99}$', 'The event type.'),
    ce_subject: text('^[a-z]+/\\S{1,200}$', 'The stream: `kind/id`.'),
    ce_time: { type: 'string', format: 'date-time', description: 'When it was recorded.' },
    ce_dataschema: text('^/schemas/', 'The JSON Schema of the value, at the API that serves this document.'),
    'content-type': { const: 'application/json' },
    ledger: text('^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', 'The ledger.'),
    position: text('^[1-9][0-9]*$', 'Place in the ledger: 1, 2, 3 … without a gap.'),
    streamversion: text('^[1-9][0-9]*$', 'Place in the stream: 1, 2, 3 … without a gap.'),
    effectiveat: { type: 'string', format: 'date', description: 'The day it was true in the world.' },
    recordedat: text('^[0-9]+$', 'Milliseconds since 1970-01-01T00:00:00Z.'),
    incarnation: { type: 'string', format: 'uuid', description: 'The life of the store: a restore begins another.' },
    traceparent: text('^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$', 'W3C trace context of the command.'),
  },
  required: [
    ...['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time', 'ce_dataschema', 'content-type'],
    ...['ledger', 'position', 'streamversion', 'effectiveat', 'recordedat', 'incarnation'],
  ],
};
