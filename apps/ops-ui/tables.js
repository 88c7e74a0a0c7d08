import { formatDay, formatSlip, formatUnits, inWords } from './format.js';

const BUCKETS = [
  ['open', 'Open'],
  ['inTransit', 'In transit'],
  ['atDock', 'At dock'],
  ['accepted', 'Accepted'],
  ['energised', 'Energised'],
  ['short', 'Short'],
  ['rejected', 'Rejected'],
  ['cancelled', 'Cancelled'],
  ['over', 'Over'],
  ['owedTo', 'Owed to it'],
  ['owedBy', 'Owed by it'],
];

/** Company, SKU and, when split, site; then every bucket. */
export function renderPositions(table, items, { bySite }) {
  const keys = bySite ? ['Company', 'SKU', 'Site'] : ['Company', 'SKU'];
  renderHead(table, [...keys.map((title) => [title]), ...BUCKETS.map(([, title]) => [title, 'number'])]);
  renderBody(table, items, (item) => {
    const names = bySite ? [item.skuId, item.siteId ?? 'no site'] : [item.skuId];
    const row = element('tr', { 'data-company': item.companyId, 'data-sku': item.skuId, 'data-site': item.siteId });
    row.append(rowHeader(item.companyId), ...names.map((name) => cell(name)));
    row.append(...BUCKETS.map(([bucket]) => unitsCell(item[bucket], bucket)));
    return row;
  });
}

/** One line a tranche, then one a shipment. */
export function renderSchedule(table, items) {
  renderHead(
    table,
    SCHEDULE.map(([title, kind]) => [title, kind]),
  );
  renderBody(table, items, (item) => {
    const row = element('tr', { 'data-line': item.lineId, class: item.shipmentId ? 'shipment' : 'tranche' });
    row.append(...SCHEDULE.map(([, , render]) => render(item)));
    return row;
  });
}

const SCHEDULE = [
  ['Line', 'text', (item) => rowHeader(item.lineId)],
  ['Status', 'text', (item) => statusCell(item.status)],
  ['Units', 'number', (item) => unitsCell(item.quantity, 'quantity')],
  ['SKU', 'text', (item) => cell(item.skuId)],
  ['Ordered by', 'text', (item) => cell(item.orderingCompanyId)],
  ['For', 'text', (item) => entitledCell(item)],
  ['Site', 'text', (item) => cell(item.siteId ?? 'not placed')],
  ['Requested', 'number', (item) => dayCell(item.requestedDate)],
  ['First promise', 'number', (item) => dayCell(item.firstPromisedDate)],
  ['Expected', 'number', (item) => dayCell(item.expectedDate)],
  ['Actual', 'number', (item) => dayCell(item.actualDate)],
  ['Slip', 'number', (item) => slipCell(item.slipDays)],
  ['Changes', 'number', (item) => unitsCell(item.dateChanges ?? 0, 'dateChanges')],
];

const MARKS = {
  unconfirmed: '◌',
  confirmed: '○',
  dispatched: '◐',
  inTransit: '▷',
  atDock: '◧',
  accepted: '●',
  lost: '✕',
};

function statusCell(status) {
  const label = element('span', { class: `status ${status}` });
  const mark = element('span', { 'aria-hidden': 'true' });
  mark.textContent = `${MARKS[status] ?? '·'} `;
  label.append(mark, inWords(status ?? ''));
  return cell(label);
}

/** Whose units they are now; marked when that is no longer who ordered them. */
function entitledCell({ companyId, orderingCompanyId }) {
  if (companyId === orderingCompanyId) return cell(companyId);
  const redirected = element('strong', { title: `ordered by ${orderingCompanyId}` });
  redirected.textContent = `${companyId} ⇄`;
  return cell(redirected);
}

function slipCell(slipDays) {
  if (slipDays === null || slipDays === undefined) return cell('–', { class: 'number' });
  const tone = slipDays > 0 ? 'late' : slipDays < 0 ? 'early' : 'none';
  return cell(formatSlip(slipDays), { class: `number slip ${tone}` });
}

function dayCell(day) {
  if (!day) return cell('–', { class: 'number none' });
  const time = element('time', { datetime: day });
  time.textContent = formatDay(day);
  return cell(time, { class: 'number' });
}

function unitsCell(value, name) {
  if (value === undefined || value === null) return cell('–', { class: 'number none', 'data-field': name });
  const tone = Number(value) === 0 ? 'number none' : 'number';
  return cell(formatUnits(value), { class: tone, 'data-field': name, 'data-value': String(value) });
}

function renderHead(table, columns) {
  const row = element('tr');
  for (const [title, kind] of columns) {
    const header = element('th', { scope: 'col', class: kind });
    header.textContent = title;
    row.append(header);
  }
  table.tHead.replaceChildren(row);
}

function renderBody(table, items, render) {
  table.tBodies[0].replaceChildren(...items.map(render));
}

function rowHeader(text) {
  const header = element('th', { scope: 'row' });
  header.textContent = text;
  return header;
}

function cell(content, attributes = {}) {
  const data = element('td', attributes);
  data.append(content);
  return data;
}

function element(name, attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) made.setAttribute(key, value);
  }
  return made;
}
