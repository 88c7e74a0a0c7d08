import fc from 'fast-check';
import { JsonRefused, parseStrictJson } from './strict-json.ts';

const REFUSED: readonly [why: string, text: string][] = [
  ['nothing', ''],
  ['blanks only', ' \n'],
  ['truncated object', '{"a":1'],
  ['truncated array', '[1,'],
  ['truncated string', '"abc'],
  ['a string that ends in its escape', '"abc\\'],
  ['truncated escape', '"\\u12"'],
  ['unknown escape', '"\\x41"'],
  ['raw line break in a string', '"a\nb"'],
  ['raw NUL in a string', '"a\u0000b"'],
  ['a key twice', '{"a":1,"a":1}'],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}'],
  ['a nested key twice', '{"a":[{"b":1,"b":2}]}'],
  ['trailing comma', '{"a":1,}'],
  ['trailing comma in an array', '[1,]'],
  ['missing comma', '[1 2]'],
  ['missing colon', '{"a" 1}'],
  ['a bare key', '{a:1}'],
  ['single quotes', "{'a':1}"],
  ['comment', '{"a":1}//'],
  ['two documents', '{}{}'],
  ['NaN', 'NaN'],
  ['Infinity', '-Infinity'],
  ['plus sign', '+1'],
  ['leading zero', '01'],
  ['hex', '0x10'],
  ['a point without digits', '1.'],
  ['capital word', 'True'],
  ['a word that goes on', 'nullx'],
  ['byte order mark', '\ufeff{}'],
  ['no-break space', '\u00a0{}'],
  ['33 levels', '['.repeat(33) + ']'.repeat(33)],
];

const VIOLATIONS: readonly [text: string, pointer: string][] = [
  ['{"quantity":1.0}', '/quantity'],
  ['{"quantity":1e2}', '/quantity'],
  ['{"quantity":1e400}', '/quantity'],
  ['{"quantity":-0}', '/quantity'],
  ['{"quantity":0.5}', '/quantity'],
  ['{"quantity":9007199254740992}', '/quantity'],
  ['{"quantity":9007199254740993}', '/quantity'],
  ['{"quantity":-9007199254740992}', '/quantity'],
  ['{"a":[1,{"b~/c":1.5}]}', '/a/1/b~0~1c'],
  ['{"__proto__":{"role":"admin"}}', '/__proto__'],
  ['{"a":{"\\u005f_proto__":null}}', '/a/__proto__'],
  ['{"constructor":1}', '/constructor'],
  ['{"hasOwnProperty":1}', '/hasOwnProperty'],
  ['0.1', ''],
];

describe('parseStrictJson', () => {
  it.each(REFUSED)('refuses %s', (_why, text) => {
    expect(() => parseStrictJson(text)).toThrow(JsonRefused);
  });

  it.each(VIOLATIONS)('points at what no request may hold in %s', (text, pointer) => {
    expect(parseStrictJson(text).violations.map((violation) => violation.pointer)).toEqual([pointer]);
  });

  it('leaves prototypes alone', () => {
    const { value } = parseStrictJson('{"__proto__":{"role":"admin"},"a":1}');
    expect(value).toEqual({ a: 1 });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('reads 32 levels and the largest safe integers', () => {
    expect(() => parseStrictJson('['.repeat(32) + ']'.repeat(32))).not.toThrow();
    expect(parseStrictJson('[9007199254740991,-9007199254740991,0]')).toEqual({
      value: [9007199254740991, -9007199254740991, 0],
      violations: [],
    });
  });

  it('reads what JSON.stringify writes like JSON.parse', () => {
    const json = fc.jsonValue({ maxDepth: 6 }).map((value) => JSON.stringify(value, null, 1));
    fc.assert(
      fc.property(json, (text) => {
        const strict = parseStrictJson(text);
        if (strict.violations.length === 0) expect(strict.value).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('never accepts what JSON.parse refuses, and never throws anything but JsonRefused', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '"a"',
      '\\',
      '\\u00e9',
      '1',
      '-',
      '0',
      '.5',
      'e9',
      'true',
      'null',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        try {
          const strict = parseStrictJson(text);
          const loose: unknown = JSON.parse(text);
          if (strict.violations.length === 0) expect(strict.value).toEqual(loose);
        } catch (error) {
          if (!(error instanceof JsonRefused)) throw error;
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
