import { encodeBody, fromKafkaMessage, MalformedCloudEvent, toCloudEventHeaders, toCloudEventJson } from './index.ts';
import type { PublishableEvent } from './index.ts';

const INCARNATION = '0b1e6f0a-3c52-4b57-9f0e-2f6f3ad1c001';

const EVENT: PublishableEvent = {
  ledger: 'redirected-h100s',
  position: 41,
  stream: 'site/MEM1',
  version: 3,
  type: 'CapacityUnavailable',
  effectiveAt: '2023-12-01',
  recordedAtMs: Date.UTC(2023, 11, 2, 8, 30, 0, 7),
  body: Buffer.from(
    encodeBody({
      type: 'CapacityUnavailable',
      stream: 'site/MEM1',
      data: { siteId: 'MEM1', from: '2023-12-01', until: null, reason: 'Überspannung' },
      version: 3,
      position: 41,
      schemaVersion: 1,
      commandId: 'cmd-41',
      actor: '4a1f0d9e-0000-4000-8000-000000000001',
      actingFor: 'TESLA',
      correlationId: 'cor-1',
      causationId: null,
      effectiveAt: '2023-12-01',
      reason: 'no power',
      evidence: [],
    } as unknown as Parameters<typeof encodeBody>[0]),
  ),
};

const HEADERS = {
  ce_specversion: '1.0',
  ce_id: 'redirected-h100s/41',
  ce_source: '/ledgers/redirected-h100s',
  ce_type: 'CapacityUnavailable',
  ce_subject: 'site/MEM1',
  ce_time: '2023-12-02T08:30:00.007Z',
  ce_dataschema: '/schemas/CapacityUnavailable.v1.json',
  'content-type': 'application/json',
  ledger: 'redirected-h100s',
  position: '41',
  streamversion: '3',
  effectiveat: '2023-12-01',
  recordedat: '1701505800007',
  incarnation: INCARNATION,
};

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('an event as a Kafka message', () => {
  it('carries its place in the ledger and the attributes of CloudEvents in its headers', () => {
    expect(toCloudEventHeaders(EVENT, { incarnation: INCARNATION })).toEqual(HEADERS);
  });

  it('carries the trace context when there is one', () => {
    expect(toCloudEventHeaders(EVENT, { incarnation: INCARNATION, traceparent: TRACEPARENT })).toEqual({
      ...HEADERS,
      traceparent: TRACEPARENT,
    });
  });

  it.each([{ incarnation: INCARNATION }, { incarnation: INCARNATION, traceparent: TRACEPARENT }])(
    'reads back to the same event, bytes and all, with %j',
    (origin) => {
      const headers = Object.entries(toCloudEventHeaders(EVENT, origin));
      const received = Object.fromEntries(headers.map(([name, text]) => [name, Buffer.from(text)]));
      expect(fromKafkaMessage(received, EVENT.body)).toEqual({ event: EVENT, origin });
    },
  );

  it.each(Object.keys(HEADERS))('is refused without its header %s', (name) => {
    expect(refusal({ ...HEADERS, [name]: undefined })).toMatchObject({ attribute: name, found: null });
  });

  it.each(Object.entries(HEADERS))('is refused with its header %s twice', (name, text) => {
    expect(refusal({ ...HEADERS, [name]: [text, text] })).toMatchObject({ attribute: name, found: `${text}, ${text}` });
  });

  it.each([
    ['ce_specversion', '0.3'],
    ['ce_id', 'redirected-h100s/42'],
    ['ce_source', '/ledgers/other'],
    ['ce_type', 'capacityUnavailable'],
    ['ce_subject', 'site'],
    ['ce_time', '2023-12-02T08:30:00.008Z'],
    ['ce_dataschema', '/schemas/OrderPlaced.v1.json'],
    ['ce_dataschema', '/schemas/CapacityUnavailable.v0.json'],
    ['content-type', 'text/plain'],
    ['ledger', '-x'],
    ['position', '0'],
    ['position', '0x29'],
    ['position', ' 41'],
    ['position', '9007199254740993'],
    ['streamversion', '-3'],
    ['effectiveat', '2023-02-30'],
    ['recordedat', '1e12'],
    ['recordedat', '8640000000000001'],
    ['incarnation', 'first'],
    ['traceparent', '00-xyz'],
  ])('is refused with %s: %s', (name, text) => {
    expect(refusal({ ...HEADERS, [name]: text })).toMatchObject({ attribute: name, found: text });
  });

  it('is refused without a value or without any header', () => {
    expect(refusal(HEADERS, null)).toMatchObject({ attribute: 'value', found: null });
    expect(refusal(undefined)).toMatchObject({ attribute: 'ledger', found: null });
  });
});

describe('an event over HTTP', () => {
  it('is CloudEvents JSON without the attributes that have no value', () => {
    expect(toCloudEventJson(EVENT)).toEqual({
      specversion: '1.0',
      id: 'redirected-h100s/41',
      source: '/ledgers/redirected-h100s',
      type: 'CapacityUnavailable',
      subject: 'site/MEM1',
      time: '2023-12-02T08:30:00.007Z',
      datacontenttype: 'application/json',
      dataschema: '/schemas/CapacityUnavailable.v1.json#/properties/data',
      ledger: 'redirected-h100s',
      position: 41,
      streamversion: 3,
      effectiveat: '2023-12-01',
      actor: '4a1f0d9e-0000-4000-8000-000000000001',
      actingfor: 'TESLA',
      commandid: 'cmd-41',
      correlationid: 'cor-1',
      reason: 'no power',
      data: { siteId: 'MEM1', from: '2023-12-01', until: null, reason: 'Überspannung' },
    });
  });

  it('names cause and evidence when they are known, and no company or reason when there is none', () => {
    const evidence = [{ uri: 'https://example.test/memo.pdf', sha256: 'ab'.repeat(32) }];
    const body = { ...JSON.parse(EVENT.body.toString('utf8')), causationId: 'redirected-h100s/40', evidence };
    const json = toCloudEventJson({
      ...EVENT,
      body: Buffer.from(JSON.stringify({ ...body, actingFor: null, reason: null })),
    });
    expect(json).toMatchObject({ causationid: 'redirected-h100s/40', evidence });
    expect(Object.keys(json)).not.toEqual(expect.arrayContaining(['actingfor']));
    expect(Object.keys(json)).not.toEqual(expect.arrayContaining(['reason']));
  });
});

function refusal(headers: Parameters<typeof fromKafkaMessage>[0], value: Buffer | null = EVENT.body): unknown {
  try {
    fromKafkaMessage(headers, value);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedCloudEvent);
    return error;
  }
  throw new Error('the message was accepted');
}
