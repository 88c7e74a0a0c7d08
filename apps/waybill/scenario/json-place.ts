import { type Day, type Id, isId, parseDay } from '#libs/kernel';

/** What is wrong at one place of a JSON document; `pointer` is its RFC 6901 JSON pointer. */
export interface ShapeProblem {
  readonly pointer: string;
  readonly problem: string;
}

/**
 * A value of a JSON document and where it stands. A reading that does not fit notes a problem and returns an empty
 * value of its kind, so that one pass finds every problem.
 */
export class JsonPlace {
  static root(value: unknown, problems: ShapeProblem[]): JsonPlace {
    return new JsonPlace(value, '', problems);
  }

  private constructor(
    readonly value: unknown,
    readonly pointer: string,
    private readonly problems: ShapeProblem[],
  ) {}

  refuse(problem: string): void {
    this.problems.push({ pointer: this.pointer, problem });
  }

  get isMissing(): boolean {
    return this.value === undefined;
  }

  /** The field's place; where there is no object to have fields, that alone is the problem. */
  field(name: string): JsonPlace {
    if (!isRecord(this.value)) return new JsonPlace(undefined, this.pointer, []);
    return this.below(name, Object.hasOwn(this.value, name) ? this.value[name] : undefined);
  }

  /** Every field with its place; an object is required. */
  fields(): readonly (readonly [string, JsonPlace])[] {
    if (!isRecord(this.value)) {
      this.refuse('must be an object');
      return [];
    }
    return Object.entries(this.value).map(([name, value]) => [name, this.below(name, value)] as const);
  }

  /** Refuses every field that is not named. */
  only(names: readonly string[]): this {
    for (const [name, place] of this.fields()) {
      if (!names.includes(name)) place.refuse(`is not known here; known are ${names.join(', ')}`);
    }
    return this;
  }

  items(): readonly JsonPlace[] {
    if (Array.isArray(this.value)) return this.value.map((each: unknown, index) => this.below(String(index), each));
    return this.read(null, 'must be a list', []);
  }

  text(): string {
    return this.read(typeof this.value === 'string' && this.value !== '' ? this.value : null, 'must be a text', '');
  }

  id(): Id {
    return this.read(isId(this.value) ? this.value : null, 'must be an id: 1-64 of letters, digits, ".", "_", "-"', '');
  }

  day(): Day {
    return this.read(parseDay(this.value), 'must be a day such as 2023-12-08', '1970-01-01');
  }

  integer(least = Number.MIN_SAFE_INTEGER): number {
    const fits = Number.isSafeInteger(this.value) && (this.value as number) >= least;
    const bound = least === Number.MIN_SAFE_INTEGER ? '' : ` from ${least} on`;
    return this.read(fits ? (this.value as number) : null, `must be an integer${bound}`, 0);
  }

  oneOf<T extends string>(choices: readonly T[]): T | null {
    const found = choices.find((each) => each === this.value) ?? null;
    return this.read<T | null>(found, `must be one of ${choices.join(', ')}`, null);
  }

  private read<T>(found: T | null, problem: string, otherwise: T): T {
    if (found === null) this.refuse(this.isMissing ? `is missing: ${problem}` : problem);
    return found ?? otherwise;
  }

  private below(name: string, value: unknown): JsonPlace {
    return new JsonPlace(value, `${this.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, this.problems);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
