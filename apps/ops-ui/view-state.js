/** What is shown, as it stands in the address, so that a link brings the same screen back. `asOf` null: live. */
export function readState(search) {
  const query = new URLSearchParams(search);
  return {
    ledger: query.get('ledger') || 'redirected-h100s',
    asOf: /^\d{1,15}$/.test(query.get('asOf') ?? '') ? Number(query.get('asOf')) : null,
    validAt: /^\d{4}-\d\d-\d\d$/.test(query.get('validAt') ?? '') ? query.get('validAt') : null,
    bySite: query.get('by') === 'site',
  };
}

/** The query of an address that shows `state`. */
export function writeState({ ledger, asOf, validAt, bySite }) {
  const query = new URLSearchParams({ ledger });
  if (asOf !== null) query.set('asOf', String(asOf));
  if (validAt !== null) query.set('validAt', validAt);
  if (bySite) query.set('by', 'site');
  return `?${query}`;
}
