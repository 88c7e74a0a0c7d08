import { formatTime, formatUnits } from './format.js';
import { renderPositions, renderSchedule } from './tables.js';

const part = (id) => document.getElementById(id);

/** What was last drawn, so that an answer that says the same leaves the page, its focus and its selection alone. */
const drawn = new Map();
let lastGood = null;

/** What the reader must know before believing a figure. */
export function showNotices({ ledger, asOf, validAt }, { health, ledgers, positions }) {
  const info = ledgers.find((each) => each.ledger === ledger);
  const notices = [
    asOf === null
      ? null
      : ['fixed', `Fixed at position ${formatUnits(positions.asOfPosition)}. Later events are left out.`],
    validAt === null ? null : ['fixed', `Valid on ${validAt}: what became true later is left out.`],
    info?.clock === 'simulated'
      ? ['simulated', 'Simulated clock: this ledger tells a story, its days were chosen, not measured.']
      : null,
    info?.branchOf
      ? [
          'branch',
          `What-if: from position ${formatUnits(info.branchOf.position)} of ${info.branchOf.ledger} on, this did not happen.`,
        ]
      : null,
    health?.kafka === 'off'
      ? ['kafka', 'Kafka is off: figures come from the ledger itself, and nothing is published.']
      : null,
  ].filter((notice) => notice !== null);
  redraw('notices', notices, () => part('notices').replaceChildren(...notices.map(noticeOf)));
}

/** Both tables and the position at which they stand. */
export function showReports(state, { ledgers, positions, schedule }) {
  const title = ledgers.find((each) => each.ledger === state.ledger)?.title ?? state.ledger;
  lastGood = { at: new Date(), position: positions.asOfPosition };
  redraw('title', title, () => {
    part('title').textContent = title;
    document.title = `${title}: Waybill`;
  });
  redraw('positions', [state.bySite, positions.items], () => {
    renderPositions(part('positions'), positions.items, state);
    showEmpty('positions-empty', positions.items, 'No units yet at this position of the ledger.');
  });
  redraw('schedule', schedule.items, () => {
    renderSchedule(part('schedule'), schedule.items);
    showEmpty('schedule-empty', schedule.items, 'No approved order has a tranche at this position of the ledger.');
  });
}

/** Says what went wrong and keeps the figures; null: nothing did. */
export function showProblem(error) {
  const problem = part('problem');
  const text = error === null ? '' : problemText(error);
  if (problem.textContent !== text) problem.textContent = text;
  problem.hidden = error === null;
  document.body.classList.toggle('stale', error !== null);
}

/** At which position the figures stand and when they were last read. */
export function showStale(now) {
  const standing = part('standing');
  if (lastGood === null) {
    standing.textContent = `Nothing read yet, tried at ${formatTime(now)}`;
    return;
  }
  standing.replaceChildren('Position ', strong(formatUnits(lastGood.position)), `, read at ${formatTime(lastGood.at)}`);
  standing.dataset.position = String(lastGood.position);
}

function problemText(error) {
  const detail = error.detail ? ` ${error.detail}` : '';
  const trace = error.traceId ? ` Trace ${error.traceId}.` : '';
  const kept = lastGood === null ? '' : ` The figures below were read at ${formatTime(lastGood.at)}.`;
  const title = error instanceof TypeError ? 'Waybill does not answer' : error.message;
  return `${title}.${detail}${trace}${kept} Trying again every 2 seconds.`;
}

function noticeOf([kind, text]) {
  const notice = document.createElement('p');
  notice.className = `notice ${kind}`;
  notice.textContent = text;
  return notice;
}

function showEmpty(id, items, text) {
  part(id).hidden = items.length > 0;
  part(id).textContent = text;
}

function strong(text) {
  const made = document.createElement('b');
  made.textContent = text;
  return made;
}

function redraw(name, content, draw) {
  const key = JSON.stringify(content);
  if (drawn.get(name) === key) return;
  drawn.set(name, key);
  draw();
}
