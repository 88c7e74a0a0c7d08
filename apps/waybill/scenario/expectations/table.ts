import type { JsonPlace } from '../json-place.ts';
import { asOf } from './as-of.ts';
import { claims } from './claims.ts';
import type { ExpectationKind, Verify } from './expectation.ts';
import { exposure } from './exposure.ts';
import { funds } from './funds.ts';
import { position } from './position.ts';
import { redirections } from './redirections.ts';
import { breaches, headroom, idle } from './sites.ts';
import { slippage } from './slippage.ts';

/** What a step expects under one key. */
export interface Expectation {
  readonly kind: ExpectationName;
  readonly verify: Verify;
}

const kinds = {
  position,
  asOf,
  funds,
  exposure,
  breaches,
  headroom,
  idle,
  slippage,
  claims,
  redirections,
} satisfies Record<string, ExpectationKind>;

export type ExpectationName = keyof typeof kinds;

/** Every key that may stand under `expect` beside `reject`. */
export const expectationNames = Object.keys(kinds) as readonly ExpectationName[];

/** The expectations at `place`; `known` are the numbers of the steps up to this one. */
export function parseExpectations(place: JsonPlace, known: ReadonlySet<number>): readonly Expectation[] {
  place.only(['reject', ...expectationNames]);
  return expectationNames.flatMap((kind) => {
    const expected = place.field(kind);
    return expected.isMissing ? [] : [{ kind, verify: kinds[kind](expected, known) }];
  });
}
