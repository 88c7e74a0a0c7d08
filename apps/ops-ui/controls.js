const control = (id) => document.getElementById(id);

/** Calls `onChange` with the part of the view's state that was changed by hand. */
export function watchControls(onChange) {
  control('controls').addEventListener('submit', (event) => event.preventDefault());
  control('ledger').addEventListener('change', ({ target }) => onChange({ ledger: target.value, asOf: null }));
  control('live').addEventListener('change', () => onChange({ asOf: null }));
  control('fixed').addEventListener('change', () => onChange({ asOf: chosenPosition() }));
  control('position').addEventListener('change', () => onChange({ asOf: chosenPosition() }));
  control('earlier').addEventListener('click', () => onChange({ asOf: Math.max(0, chosenPosition() - 1) }));
  control('later').addEventListener('click', () => onChange({ asOf: chosenPosition() + 1 }));
  control('valid-at').addEventListener('change', ({ target }) => onChange({ validAt: target.value || null }));
  control('by-site').addEventListener('change', ({ target }) => onChange({ bySite: target.checked }));
}

/** Shows `state` in the controls, never touching one that is being typed into. */
export function showControls(state, positions) {
  const position = control('position');
  control('live').checked = state.asOf === null;
  control('fixed').checked = state.asOf !== null;
  if (document.activeElement !== position) position.value = String(positions.asOfPosition);
  if (document.activeElement !== control('valid-at')) control('valid-at').value = state.validAt ?? '';
  control('by-site').checked = state.bySite;
}

/** Shows which ledgers there are, even when the chosen one cannot be read. */
export function showLedgers(ledgers, chosen) {
  const select = control('ledger');
  const wanted = ledgers.map(({ ledger, title }) => [ledger, title ? `${ledger}: ${title}` : ledger]);
  const shown = [...select.options].map(({ value, text }) => [value, text]);
  if (JSON.stringify(wanted) !== JSON.stringify(shown)) {
    select.replaceChildren(...wanted.map(([value, text]) => new Option(text, value)));
  }
  select.value = chosen;
}

function chosenPosition() {
  const { value } = control('position');
  return /^\d{1,15}$/.test(value) ? Number(value) : 0;
}
