import canonicalize from 'canonicalize';

/** RFC 8785 JSON of `value`. Throws TypeError for what has no JSON. */
export function canonicalText(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('no JSON');
  return text;
}
