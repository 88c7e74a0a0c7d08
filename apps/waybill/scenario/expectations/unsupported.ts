import type { ExpectationKind } from './expectation.ts';

/** A kind of the format that cannot be read back yet: it fails, so that no one takes silence for agreement. */
export function unsupported(kind: string): ExpectationKind {
  return (place) => async () => [
    { subject: kind, expected: JSON.stringify(place.value), actual: 'not supported by this version', holds: false },
  ];
}
