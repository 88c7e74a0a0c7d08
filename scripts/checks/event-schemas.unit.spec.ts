import { schemaVersionOf } from '#libs/contracts';
import { changesBetween } from '../schemas/changes.mjs';
import { generateSchemas } from '../schemas/event-types.mjs';
import { digestOf, review } from '../schemas/review.mjs';
import { keptSchemas, releasedDigests } from '../schemas/stored.mjs';
import { textOf } from './tracked-files.ts';

const CLAIM = 'libs/domain/claim/events.ts';
const FILE = `PublicClaimRecorded.v${schemaVersionOf('PublicClaimRecorded')}.json`;
const NEXT_FILE = `PublicClaimRecorded.v${schemaVersionOf('PublicClaimRecorded') + 1}.json`;
const QUOTE = '    readonly quote: string;\n';

const today = generateSchemas(schemaVersionOf);
const kept = keptSchemas();

/** What the types would give if the claim's said `now` in place of `was`. */
function planted(was: string, now: string, versionOf: typeof schemaVersionOf = schemaVersionOf) {
  const text = textOf(CLAIM);
  expect(text).toContain(was);
  return generateSchemas(versionOf, { [CLAIM]: text.replace(was, now) });
}

/** Told as if today's were released. */
function refusedOf(generated: typeof today, from = today): readonly string[] {
  const released = Object.fromEntries(Object.entries(from).map(([file, schema]) => [file, digestOf(schema)]));
  return review({ generated, kept: from, released }).refused;
}

describe('the schemas of the events', () => {
  it('are one for each type of event', () => {
    const types = Object.values(today).map(({ properties }) => (properties as { type: { const: string } }).type.const);
    expect(new Set(types).size).toBe(Object.keys(today).length);
    const declared = [...textOf('docs/openapi.json').matchAll(/"x-events": \[([^\]]*)\]/g)];
    const named = new Set(declared.flatMap(([, list]) => JSON.parse(`[${list}]`) as string[]));
    expect(types.sort()).toEqual([...named].sort());
  });

  it('are what the types say, and none that is released has changed', () => {
    const { refused, write, drop } = review({ generated: today, kept, released: releasedDigests() });
    const stale = Object.keys(write).map((file) => `${file} is not what its type says: npm run schemas`);
    const left = drop.map((file) => `${file} is of no event: npm run schemas`);
    expect([...refused, ...stale, ...left]).toEqual([]);
  });

  it('bind the kinds of text and number that the types name', () => {
    const { data, stream, effectiveAt } = today[FILE]?.['properties'] as Record<string, Record<string, unknown>>;
    expect(effectiveAt).toMatchObject({ type: 'string', format: 'date' });
    expect(stream).toMatchObject({ pattern: '^[a-z]+/\\S{1,200}$' });
    expect(data).toMatchObject({
      properties: {
        claimId: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
        skuId: { type: ['string', 'null'] },
        metric: { enum: ['accepted', 'energised', 'spendCents', 'supplyBy'] },
        low: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      },
      additionalProperties: false,
    });
  });
});

describe('a field', () => {
  const ID = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';
  const WHOLE = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
  const quoteOf = (type: string) => {
    const { properties } = planted(QUOTE, `    readonly quote: ${type};\n`)[FILE] ?? {};
    return (properties as { data: { properties: { quote: unknown } } }).data.properties.quote;
  };

  it.each([
    ['Id', { type: 'string', pattern: ID }],
    ['readonly (Id | null)[]', { type: 'array', items: { type: ['string', 'null'], pattern: ID } }],
    ['Day | null', { type: ['string', 'null'], format: 'date' }],
    ["'b' | 'a' | null", { type: ['string', 'null'], enum: ['a', 'b', null] }],
    ["'a' | null", { enum: ['a', null] }],
    ['2 | 1', { type: 'integer', enum: [1, 2] }],
    ['boolean | null', { type: ['boolean', 'null'] }],
    ['true', { const: true }],
    ['string | number | boolean', { anyOf: [{ type: 'string' }, WHOLE, { type: 'boolean' }] }],
    ['Readonly<Record<string, number>>', { type: 'object', properties: {}, required: [], additionalProperties: WHOLE }],
    ['object', { type: 'object' }],
    ['unknown', {}],
  ])('of type %s', (type, schema) => {
    expect(quoteOf(type)).toEqual(schema);
  });

  it.each(['Date', 'bigint', '() => void', 'readonly [number, number]', 'undefined'])('is never of type %s', (type) => {
    expect(() => quoteOf(type)).toThrow(TypeError);
  });
});

describe('a schema that is released', () => {
  it.each([
    ['without a field', QUOTE, '', '/data/quote', 'removed field (breaking)'],
    ['with a new field', QUOTE, `${QUOTE}readonly page: number;`, '/data/page', 'new required field (breaking)'],
    ['with a new optional field', QUOTE, `${QUOTE}readonly page?: number;`, '/data/page', 'new optional field'],
    [
      'with a field that is no longer required',
      'quote: ',
      'quote?: ',
      '/data/quote',
      'optional, was required (breaking)',
    ],
    [
      'that takes null no more',
      'skuId: Id | null',
      'skuId: Id',
      '/data/skuId',
      'narrower type: string or null is string (breaking)',
    ],
    [
      'that takes null as well',
      'speaker: string',
      'speaker: string | null',
      '/data/speaker',
      'wider type: string is string or null',
    ],
    [
      'that takes ids alone',
      'speaker: string',
      'speaker: Id',
      '/data/speaker',
      'pattern none is ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ (breaking)',
    ],
    [
      'that takes numbers for text',
      'quote: string',
      'quote: number',
      '/data/quote',
      'narrower type: string is integer (breaking)',
    ],
    [
      'with fewer choices',
      "'supplyBy', ",
      '',
      '/data/metric',
      'narrower choice: accepted or energised or spendCents or supplyBy is accepted or energised or spendCents (breaking)',
    ],
  ])('may not become one %s', (_, was, now, pointer, change) => {
    const next = `give PublicClaimRecorded version ${schemaVersionOf('PublicClaimRecorded') + 1} in libs/contracts/upcasters.ts, then npm run schemas`;
    expect(refusedOf(planted(was, now))).toContain(
      `${FILE} is released and has changed: ${pointer} ${change}; ${next}`,
    );
  });

  it('may be described in other words', () => {
    expect(refusedOf(planted('/** Of `supplyBy`: the day by which. */', '/** The last day. */'))).toEqual([]);
  });

  it('stays beside the next version', () => {
    const versionOf: typeof schemaVersionOf = (type) =>
      schemaVersionOf(type) + (type === 'PublicClaimRecorded' ? 1 : 0);
    const generated = planted(QUOTE, '', versionOf);
    expect(refusedOf(generated)).toEqual([]);
    expect(Object.keys(review({ generated, kept: today, released: {} }).write)).toEqual([NEXT_FILE]);
  });

  it('may not go with its type, nor by itself, nor be edited', () => {
    const { [FILE]: schema, ...others } = today;
    expect(refusedOf(others)).toEqual([expect.stringContaining(`${FILE} is released and its event is no more`)]);
    const released = { [FILE]: digestOf(schema ?? {}) };
    expect(review({ generated: today, kept: others, released }).refused).toEqual([
      `${FILE} is released and is gone: take it from the history again`,
    ]);
    const edited = { ...today, [FILE]: { ...schema, required: [] } };
    expect(review({ generated: edited, kept: edited, released }).refused).toEqual([
      `${FILE} is released and was edited: take it from the history again`,
    ]);
  });
});

describe('what changed between two schemas', () => {
  const list = (items: object) => ({ type: 'array', items });

  it.each([
    ['nothing', { type: 'string', description: 'a' }, { type: 'string', description: 'b' }, []],
    ['the order of choices', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, []],
    ['a limit', { minimum: 0 }, { minimum: 1 }, [['', 'minimum 0 is 1', true]]],
    ['a limit taken away', { minimum: 0 }, {}, [['', 'minimum 0 is none', false]]],
    [
      'what a list holds',
      list({ type: 'string' }),
      list({ type: ['string', 'null'] }),
      [['/*', 'wider type: string is string or null', false]],
    ],
    [
      'a choice of shapes',
      { anyOf: [{ type: 'null' }] },
      { anyOf: [{ type: 'object' }] },
      [['', 'another choice of shapes', true]],
    ],
    ['a constant', { const: 'a' }, { const: 'b' }, [['', 'narrower choice: a is b', true]]],
  ])('is %s', (_, before, after, expected) => {
    const found = changesBetween(before, after).map(({ pointer, change, breaking }) => [pointer, change, breaking]);
    expect(found).toEqual(expected);
  });
});
