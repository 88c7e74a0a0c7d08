import { read, readAll, readHealth } from './api.js';
import { showControls, showLedgers, watchControls } from './controls.js';
import { showNotices, showProblem, showReports, showStale } from './page.js';
import { readState, writeState } from './view-state.js';

const REFRESH_MS = 2_000;

let state = readState(location.search);
/** Counts what was asked for, so that a slow answer to an old question is not shown. */
let question = 0;
let timer = null;

watchControls((change) => {
  state = { ...state, ...change };
  history.pushState(null, '', writeState(state));
  void refresh();
});
addEventListener('popstate', () => {
  state = readState(location.search);
  void refresh();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh();
});
void refresh();

async function refresh() {
  clearTimeout(timer);
  const asked = ++question;
  const wanted = state;
  try {
    const answer = await load(wanted);
    if (asked === question) show(answer, wanted);
  } catch (error) {
    if (asked === question) showProblem(error);
  }
  if (asked !== question) return;
  showStale(new Date());
  timer = setTimeout(() => void refresh(), REFRESH_MS);
}

/** Both reports at one position: the schedule is asked for the position at which the positions stood. */
async function load({ ledger, asOf, validAt, bySite }) {
  const base = `/v1/ledgers/${encodeURIComponent(ledger)}`;
  const fixed = { ...(asOf === null ? {} : { asOf: String(asOf) }), ...(validAt === null ? {} : { validAt }) };
  const by = bySite ? { by: 'site' } : {};
  const [health, ledgers] = await Promise.all([readHealth(), read('/v1/ledgers')]);
  showLedgers(ledgers.items, ledger);
  const positions = await read(`${base}/positions?${new URLSearchParams({ ...fixed, ...by })}`);
  const at = { ...fixed, asOf: String(positions.asOfPosition) };
  const schedule = await readAll(`${base}/delivery-schedule?${new URLSearchParams({ ...at, limit: '500' })}`);
  return { health, ledgers: ledgers.items, positions, schedule };
}

function show(answer, wanted) {
  showControls(wanted, answer.positions);
  showNotices(wanted, answer);
  showReports(wanted, answer);
  showProblem(null);
}
