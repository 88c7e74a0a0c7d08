import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { LedgerEventType } from '#libs/domain';
import { canonicalJson } from '#libs/kernel';
import {
  decodeBody,
  encodeBody,
  eventSchemas,
  EventVersionUnknown,
  fromKafkaMessage,
  schemaVersionOf,
  toCloudEventHeaders,
  toCloudEventJson,
} from './index.ts';

const FILE = /^([A-Za-z]+)\.v([1-9]\d*)\.json$/;
const SAMPLES = join(import.meta.dirname, 'samples');

const sample = (file: string): Buffer => readFileSync(join(SAMPLES, file));
const schemas = eventSchemas();
const versions = new Map<string, number[]>();
for (const file of schemas.keys()) {
  const [, type = '', version] = FILE.exec(file) ?? [];
  versions.set(
    type,
    [...(versions.get(type) ?? []), Number(version)].sort((a, b) => a - b),
  );
}
const pastFiles = [...versions].flatMap(([type, each]) =>
  each.slice(0, -1).map((version) => `${type}.v${version}.json`),
);

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
/** What is wrong with a body by the schema of the type and version that it names. */
function faults(body: object): unknown {
  const { type, schemaVersion } = body as { type: string; schemaVersion: number };
  const validate = ajv.compile(schemas.get(`${type}.v${schemaVersion}.json`) ?? false);
  return validate(body) ? null : validate.errors;
}

const claim = (said: object = {}): { position: number; body: Buffer } => {
  const body = JSON.parse(sample('PublicClaimRecorded.v1.json').toString('utf8')) as object;
  return { position: 9, body: Buffer.from(canonicalJson({ ...body, ...said })) };
};

describe('the versions of each event', () => {
  it('are without gaps from 1 to the one that is written', () => {
    const expected = [...versions.keys()].map((type) => {
      return [type, Array.from({ length: schemaVersionOf(type as LedgerEventType) }, (_, index) => index + 1)];
    });
    expect([...versions]).toEqual(expected);
  });

  it('have a body of each that is past, and there is one', () => {
    expect(pastFiles).toContain('PublicClaimRecorded.v1.json');
    expect(readdirSync(SAMPLES).sort()).toEqual(pastFiles.sort());
  });

  it.each(pastFiles)('%s: its sample is as it was stored, and is read as an event of today', (file) => {
    const body = sample(file);
    const stored = JSON.parse(body.toString('utf8')) as { type: LedgerEventType; data: object };
    expect(canonicalJson(stored)).toBe(body.toString('utf8'));
    expect(faults(stored)).toBeNull();
    const event = decodeBody({ position: 1, body });
    expect(event.schemaVersion).toBe(schemaVersionOf(stored.type));
    expect(faults(JSON.parse(encodeBody(event)) as object)).toBeNull();
    // A version that only allows more has bodies that are of both.
    const isWider = canonicalJson(event.data) === canonicalJson(stored.data);
    expect(faults({ ...stored, schemaVersion: event.schemaVersion }) === null).toBe(isWider);
  });
});

describe('a claim of version 1', () => {
  const { data, ...said } = JSON.parse(sample('PublicClaimRecorded.v1.json').toString('utf8')) as { data: object };

  it('speaks of no day where it named none', () => {
    const event = { ...said, data: { ...data, horizon: null }, schemaVersion: 2, position: 9 };
    expect(decodeBody(claim())).toEqual(event);
  });

  it('keeps the day that it named', () => {
    const named = { ...data, metric: 'supplyBy', horizon: '2024-12-31' };
    expect(decodeBody(claim({ data: named }))).toMatchObject({ data: named, schemaVersion: 2 });
  });

  it('travels as it was stored, and names the schema it was stored by', () => {
    const { body } = claim();
    const place = { ledger: 'story', position: 9, stream: 'claim/CL-Q3', version: 1, type: 'PublicClaimRecorded' };
    const stored = { ...place, effectiveAt: '2024-01-24', recordedAtMs: 0, body };
    const headers = toCloudEventHeaders(stored, { incarnation: '0b1e6f0a-3c52-4b57-9f0e-2f6f3ad1c001' });
    expect(headers['ce_dataschema']).toBe('/schemas/PublicClaimRecorded.v1.json');
    const { event } = fromKafkaMessage(headers, body);
    expect(decodeBody(event)).toEqual(decodeBody(claim()));
    expect(toCloudEventJson(stored)).toMatchObject({
      dataschema: '/schemas/PublicClaimRecorded.v1.json#/properties/data',
      data,
    });
  });
});

describe('an event', () => {
  it('of the version written today is read as it is', () => {
    const data = { claimId: 'CL-1', horizon: null };
    expect(decodeBody(claim({ schemaVersion: 2, data }))).toMatchObject({ schemaVersion: 2, data });
  });

  it.each([3, 0, -1, 1.5, '1', null])('of version %j is refused', (schemaVersion) => {
    const refused = {
      code: 'EVENT_VERSION_UNKNOWN',
      eventType: 'PublicClaimRecorded',
      schemaVersion,
      newestVersion: 2,
    };
    const read = () => decodeBody(claim({ schemaVersion }));
    expect(read).toThrow(EventVersionUnknown);
    expect(read).toThrow(expect.objectContaining(refused));
  });
});
