/** A value that JSON can write but no request may hold, or a key that would reach an object's prototype: a 422. */
export interface JsonViolation {
  /** RFC 6901. */
  readonly pointer: string;
  readonly detail: string;
}

export interface StrictJson {
  readonly value: unknown;
  readonly violations: readonly JsonViolation[];
}

/** The text is no JSON as agreed: a 400. `offset` counts UTF-16 units from 0. */
export class JsonRefused extends Error {
  readonly code = 'MALFORMED_JSON';
  constructor(
    readonly detail: string,
    readonly offset: number,
  ) {
    super(detail);
  }
}

const DEPTH_MAX = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d*)$/;

/**
 * The value in `text`, read as RFC 8259 in one pass, stricter where readers differ (RFC 7493, I-JSON): no key twice, no nesting below
 * {@link DEPTH_MAX}, numbers only as plain safe integers. Throws {@link JsonRefused}; what is well-formed but not allowed is a violation.
 *
 * @example parseStrictJson('{"quantity":1.0}').violations // [{ pointer: '/quantity', … }]
 */
export function parseStrictJson(text: string): StrictJson {
  return new Scanner(text).document();
}

class Scanner {
  private at = 0;
  private readonly path: (string | number)[] = [];
  private readonly violations: JsonViolation[] = [];

  constructor(private readonly text: string) {}

  document(): StrictJson {
    const value = this.value();
    if (this.peek() !== undefined) this.refuse('something follows the value');
    return { value, violations: this.violations };
  }

  private value(): unknown {
    const next = this.peek();
    if (next === '{') return this.object();
    if (next === '[') return this.array();
    if (next === '"') return this.string();
    for (const [word, value] of WORDS)
      if (this.text.startsWith(word, this.at)) return ((this.at += word.length), value);
    return this.number();
  }

  private object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.members('}', () => {
      if (this.peek() !== '"') this.refuse('a key is missing');
      const key = this.string();
      this.path.push(key);
      if (Object.hasOwn(object, key)) this.refuse('a key stands twice');
      if (this.peek() !== ':') this.refuse('a colon is missing');
      this.at++;
      const value = this.value();
      if (key in Object.prototype) this.violate('unknown field');
      else object[key] = value;
      this.path.pop();
    });
    return object;
  }

  private array(): unknown[] {
    const items: unknown[] = [];
    this.members(']', () => {
      this.path.push(items.length);
      items.push(this.value());
      this.path.pop();
    });
    return items;
  }

  private members(end: '}' | ']', member: () => void): void {
    if (this.path.length >= DEPTH_MAX) this.refuse(`nested deeper than ${DEPTH_MAX}`);
    this.at++;
    if (this.peek() !== end) {
      member();
      while (this.peek() === ',') {
        this.at++;
        member();
      }
    }
    if (this.peek() !== end) this.refuse(`${end} is missing`);
    this.at++;
  }

  private string(): string {
    const start = this.at;
    let escaped = false;
    for (let unit = this.next(); unit !== QUOTE; unit = this.next()) {
      if (!(unit >= 0x20)) this.refuse('a string is not closed or holds a control character');
      if (unit === BACKSLASH) {
        escaped = true;
        this.at++;
      }
    }
    this.at++;
    return escaped ? this.unescaped(start) : this.text.slice(start + 1, this.at - 1);
  }

  private next(): number {
    return this.text.charCodeAt(++this.at);
  }

  private unescaped(start: number): string {
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch (error) {
      if (error instanceof SyntaxError) return this.refuse('an escape is unknown');
      throw error;
    }
  }

  private number(): number {
    NUMBER.lastIndex = this.at;
    const written = NUMBER.exec(this.text)?.[0];
    if (written === undefined) return this.refuse('a value is missing');
    this.at += written.length;
    const value = Number(written);
    if (!PLAIN_INTEGER.test(written) || !Number.isSafeInteger(value))
      this.violate('must be a plain integer within ±(2^53 − 1)');
    return value;
  }

  private peek(): string | undefined {
    while (this.at < this.text.length && ' \t\n\r'.includes(this.text.charAt(this.at))) this.at++;
    return this.text[this.at];
  }

  private violate(detail: string): void {
    this.violations.push({ pointer: pointerTo(this.path), detail });
  }

  private refuse(detail: string): never {
    throw new JsonRefused(detail, this.at);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const WORDS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

/** The RFC 6901 pointer to the value at `path`, '' for the whole document. */
export function pointerTo(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
