import type { Comparison, Difference, Value } from './comparison.ts';

/** A difference as somebody of the business would say it. */
export function wordsOf(difference: Difference, comparison: Pick<Comparison, 'headroomFrom' | 'idleUntil'>): string {
  const { key, companyId, before, after } = difference;
  const { skuId = '', siteId = '', cause = '', figure } = key;
  const was = `${numbered(after)}, was ${numbered(before)}`;
  switch (key.report) {
    case 'exposures':
      return debtWords(difference);
    case 'redirections':
      return figure === 'status'
        ? `Redirection ${key.redirectionId} is ${said(after)}, was ${said(before)}`
        : `Leg ${key.leg} of ${key.redirectionId}: ${more(difference)} ${skuId} ${figure}: ${was}`;
    case 'delivery-schedule':
      return lineWords(difference);
    case 'positions': {
      const at = key.siteId === undefined ? '' : ` at ${siteId}`;
      return `${companyId} has ${more(difference)} ${skuId} ${BUCKET_WORDS[figure] ?? figure}${at}: ${was}`;
    }
    case 'slippage':
      return figure === 'unitDays'
        ? `${companyId} waits ${more(difference)} ${skuId} unit-days by ${cause}: ${was}`
        : `${companyId}'s ${skuId} unit-days by ${cause} are worth ${more(difference)} cent-days: ${was}`;
    case 'funds':
      return `${companyId} has ${more(difference)} cents ${MONEY_WORDS[figure] ?? figure}: ${was}`;
    case 'breaches':
      return `${siteId} of ${companyId} is loaded with ${more(difference)} units above what it can take: ${was}`;
    case 'headroom':
      return `${siteId} of ${companyId} has room for ${more(difference)} units from ${comparison.headroomFrom} on: ${was}`;
    case 'idleness':
      return `Units at ${siteId} of ${companyId} stand idle ${more(difference)} unit-days until ${comparison.idleUntil}: ${was}`;
  }
}

/** `12000` as `12,000`. */
export function numbered(value: Value): string {
  return typeof value === 'bigint' ? String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',') : said(value);
}

const BUCKET_WORDS: Readonly<Record<string, string>> = {
  open: 'open',
  inTransit: 'in transit',
  atDock: 'at the dock',
};

const STATUS_WORDS: Readonly<Record<string, string>> = {
  unconfirmed: 'open',
  confirmed: 'open',
  inTransit: 'in transit',
  atDock: 'at the dock',
};

const MONEY_WORDS: Readonly<Record<string, string>> = {
  limitCents: 'of limits',
  committedCents: 'committed',
  consumedCents: 'consumed',
  headroomCents: 'left to commit',
};

const LINE_WORDS: Readonly<Record<string, string>> = {
  billedCompanyId: 'billed company',
  status: 'status',
  requestedDate: 'requested date',
  firstPromisedDate: 'first promised date',
  promisedDate: 'promised date',
  expectedDate: 'expected date',
  actualDate: 'day of acceptance',
};

function debtWords({ key, before, after }: Difference): string {
  const { debtorId, creditorId, skuId } = key;
  const [old, now] = [BigInt(before ?? 0), BigInt(after ?? 0)];
  if (old < 0n)
    return `${debtorId} owes ${creditorId} ${numbered(now)} ${skuId}; before, ${creditorId} owed ${debtorId} ${numbered(-old)}`;
  const change = now > old ? `${numbered(now - old)} ${skuId} more` : `${numbered(old - now)} ${skuId} fewer`;
  return `${debtorId} owes ${creditorId} ${change}: ${numbered(now)}, was ${numbered(old)}`;
}

function lineWords(difference: Difference): string {
  const { key, companyId, before, after, delta } = difference;
  const { figure, lineId, skuId } = key;
  if (figure === 'companyId') {
    return before === null || after === null
      ? `${lineId}: ${unitsWords(difference)} ${after === null ? `of ${before} no longer seen` : `for ${after} are new`}`
      : `${lineId}: ${entitlementWords(difference)}`;
  }
  if (figure === 'siteId') return `${lineId} of ${companyId} goes to ${said(after)}, was to ${said(before)}`;
  if (typeof delta === 'bigint' && typeof before === 'string')
    return `${companyId}'s ${LINE_WORDS[figure]} of ${lineId} moved from ${before} to ${said(after)} (${signed(delta)} d)`;
  if (typeof delta === 'bigint') {
    const what =
      figure === 'quantity' ? `${skuId}` : figure === 'causes' ? `unit-days by ${key.cause}` : 'changes of date';
    return `${lineId} of ${companyId}: ${more(difference)} ${what}: ${numbered(after)}, was ${numbered(before)}`;
  }
  return `${companyId}'s ${LINE_WORDS[figure] ?? figure} of ${lineId} is ${said(after)}, was ${said(before)}`;
}

/** `12,000 H100 in transit now entitled to X, were TESLA's`. */
export function entitlementWords(difference: Difference): string {
  return `${unitsWords(difference)} now entitled to ${said(difference.after)}, were ${said(difference.before)}'s`;
}

/** The units of a line: `12,000 H100 in transit`. */
export function unitsWords({ key, line }: Difference): string {
  return `${numbered(BigInt(line?.quantity ?? 0))} ${key.skuId} ${STATUS_WORDS[line?.status ?? 'unconfirmed'] ?? line?.status}`;
}

/** `5 more`, `5 fewer`. */
function more({ delta }: Difference): string {
  const by = delta ?? 0n;
  return by < 0n ? `${numbered(-by)} fewer` : `${numbered(by)} more`;
}

function signed(value: bigint): string {
  return value > 0n ? `+${value}` : String(value);
}

function said(value: Value): string {
  return value === null ? 'none' : String(value);
}
