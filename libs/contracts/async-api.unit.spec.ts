import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { asyncApiDocument, eventSchemas, EVENTS_TOPIC, toCloudEventHeaders } from './index.ts';

const INCARNATION = '0b1e6f0a-3c52-4b57-9f0e-2f6f3ad1c001';

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument();

  it('is valid AsyncAPI 3.0', async () => {
    const path = createRequire(import.meta.url).resolve('@asyncapi/specs/schemas/3.0.0.json');
    const ajv = new Ajv({ strict: false, meta: false, validateSchema: false });
    formats.default(ajv);
    const validate = ajv.compile(JSON.parse(await readFile(path, 'utf8')) as object);
    const errorsOf = (each: object) => (validate(each) ? [] : validate.errors);
    expect(errorsOf(document)).toEqual([]);
    expect(errorsOf({ ...document, operations: { publishEvents: { action: 'shout' } } })).not.toEqual([]);
  });

  it('is the one in docs', async () => {
    const kept = await readFile(join(import.meta.dirname, '../../docs/asyncapi.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('has a message for every version of every event, on the topic of the events', () => {
    const names = [...eventSchemas().keys()].map((file) => file.replace(/\.json$/, ''));
    expect(Object.keys(document.components.messages)).toEqual(names);
    expect(document).toMatchObject({ channels: { events: { address: EVENTS_TOPIC.topic } } });
  });

  it('describes the headers and the value that are published', async () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema(document, '/asyncapi.json');
    for (const schema of eventSchemas().values()) ajv.addSchema(schema);
    const accepts = (name: string, part: string, value: unknown) =>
      ajv.validate({ $ref: `/asyncapi.json#/components/messages/${name}/${part}` }, value);
    for (const name of Object.keys(document.components.messages)) {
      const headers = headersOf(name, Buffer.from(JSON.stringify({ schemaVersion: Number(name.split('.v')[1]) })));
      expect([name, accepts(name, 'headers', headers), ajv.errors]).toEqual([name, true, null]);
      expect(accepts(name, 'headers', { ...headers, ce_type: 'UnitsTeleported' })).toBe(false);
      expect(accepts(name, 'headers', { ...headers, incarnation: '1' })).toBe(false);
    }
    const sample = await readFile(join(import.meta.dirname, 'samples/PublicClaimRecorded.v1.json'));
    const claim = JSON.parse(sample.toString()) as { data: object };
    expect([accepts('PublicClaimRecorded.v1', 'payload/schema', claim), ajv.errors]).toEqual([true, null]);
    const changed = { ...claim, data: { ...claim.data, metric: 'teleported' } };
    expect(accepts('PublicClaimRecorded.v1', 'payload/schema', changed)).toBe(false);
  });
});

function headersOf(name: string, body: Buffer): Record<string, string> {
  const place = { ledger: 'redirected-h100s', position: 41, stream: 'claim/C-ACTIVE', version: 3 };
  const [type = ''] = name.split('.');
  const event = { ...place, type, effectiveAt: '2023-12-01', recordedAtMs: Date.UTC(2023, 11, 2), body };
  return toCloudEventHeaders(event, { incarnation: INCARNATION });
}
