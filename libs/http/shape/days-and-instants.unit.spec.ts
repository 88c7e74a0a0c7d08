import fc from 'fast-check';
import { parseDay } from '#libs/kernel';
import { askedSchemas } from '../openapi/closed-bodies.ts';
import { openApiDocument } from '../openapi/open-api-document.ts';
import { instantMs } from '../query/as-of.ts';
import { DAY_PATTERN, INSTANT_PATTERN, MOMENT_PATTERN } from './days-and-instants.ts';

const two = (figure: number) => String(figure).padStart(2, '0');

/** An instant by its parts, with those that clocks do not have. */
const nearly = fc
  .record({
    year: fc.integer({ min: 1890, max: 3010 }),
    month: fc.integer({ min: 0, max: 14 }),
    day: fc.integer({ min: 0, max: 33 }),
    time: fc.tuple(fc.integer({ min: 0, max: 26 }), fc.integer({ min: 0, max: 62 }), fc.integer({ min: 0, max: 62 })),
    fraction: fc.constantFrom('', '.1', '.123456789', '.', '.1234567890'),
    offset: fc.constantFrom('Z', 'z', '', '+00:00', '-23:59', '+24:00', '+05:60', '+5:30', '+0530'),
  })
  .map(({ year, month, day, time, fraction, offset }) => {
    return `${year}-${two(month)}-${two(day)}T${time.map(two).join(':')}${fraction}${offset}`;
  });

/** Told without the pattern: RFC 3339 with an existing day and a time that Date knows. */
function isInstant(text: string): boolean {
  const isWritten = /^.{10}[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/.test(text);
  const isTime = Number(text.slice(11, 13)) < 24 && !Number.isNaN(Date.parse(text.toUpperCase()));
  return isWritten && isTime && parseDay(text.slice(0, 10)) !== null;
}

describe('patterns of days and instants', () => {
  it('admit exactly the days that there are, from 1900 to 2999', () => {
    const differing: string[] = [];
    for (let year = 1880; year <= 3020; year += 1)
      for (let month = 0; month <= 13; month += 1)
        for (let day = 0; day <= 32; day += 1) {
          const text = `${year}-${two(month)}-${two(day)}`;
          if (DAY_PATTERN.test(text) !== (parseDay(text) !== null)) differing.push(text);
        }
    expect(differing).toEqual([]);
  });

  it.each(['2024-1-01', '2024-01-01 ', '+2024-01-01', '2024-01-01T00:00:00Z', '', 'today'])(
    'admit no day like %j',
    (text) => expect(DAY_PATTERN.test(text)).toBe(false),
  );

  it('admit exactly the instants that there are', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        expect([text, INSTANT_PATTERN.test(text)]).toEqual([text, isInstant(text)]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('make only instants that can be counted in', () => {
    fc.assert(
      fc.property(fc.stringMatching(INSTANT_PATTERN), (text) => {
        expect([text, isInstant(text), Number.isFinite(instantMs(text))]).toEqual([text, true, true]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the OpenAPI document', () => {
  interface Documented {
    readonly format?: string;
    readonly pattern?: string;
  }
  const asked: (readonly [place: string, schema: Documented])[] = [];

  beforeAll(async () => {
    const document = await openApiDocument();
    for (const [path, item] of Object.entries(document.paths))
      for (const { parameters = [] } of Object.values(item) as {
        parameters?: { name: string; schema: Documented }[];
      }[])
        asked.push(...parameters.map(({ name, schema }) => [`${path} ${name}`, schema] as const));
    const names = askedSchemas(document);
    const bodies = Object.entries(document.components?.schemas ?? {}).filter(([name]) => names.has(name));
    for (const [name, { properties = {} }] of bodies as [string, { properties?: Record<string, Documented> }][])
      asked.push(...Object.entries(properties).map(([field, schema]) => [`${name} ${field}`, schema] as const));
  });

  it('says of every day that is asked for which days there are', () => {
    const days = asked.filter(([, { format }]) => format === 'date');
    expect(days.length).toBeGreaterThan(40);
    expect(days.filter(([, { pattern }]) => pattern !== DAY_PATTERN.source)).toEqual([]);
  });

  it('says of every instant that is asked for which there are', () => {
    const instants = asked.filter(([, { pattern }]) => pattern?.includes('[Tt]') === true);
    expect(instants.length).toBeGreaterThan(20);
    const known = [INSTANT_PATTERN.source, MOMENT_PATTERN.source];
    expect(instants.filter(([, { pattern = '' }]) => !known.includes(pattern))).toEqual([]);
  });
});
