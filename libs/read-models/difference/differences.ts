import { daysBetween, parseDay, type Id } from '#libs/kernel';
import { COMPARED, type Difference, type Figure, type FigureKey, type Value } from './comparison.ts';

/** The figures that differ, by company (several last), then report, then what names them. */
export function differencesOf(before: readonly Figure[], after: readonly Figure[]): readonly Difference[] {
  const olds = byKey(before);
  const news = byKey(after);
  const keys = [...new Set([...olds.keys(), ...news.keys()])];
  return keys
    .flatMap((key) => differing(olds.get(key), news.get(key)))
    .map((difference) => [orderOf(difference), difference] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, difference]) => difference);
}

/** What `after` adds to `before`: a figure, the days between two dates, null of other facts. */
export function deltaOf(before: Value, after: Value): bigint | null {
  if (typeof before === 'bigint' && typeof after === 'bigint') return after - before;
  const [from, to] = [parseDay(before), parseDay(after)];
  return from === null || to === null ? null : BigInt(daysBetween(from, to));
}

function byKey(figures: readonly Figure[]): ReadonlyMap<string, Figure> {
  return new Map(figures.map((figure) => [textOf(figure.key), figure]));
}

function differing(old: Figure | undefined, now: Figure | undefined): readonly Difference[] {
  const known = now ?? old;
  if (known === undefined) return [];
  const nothing = typeof known.value === 'bigint' ? 0n : null;
  const before = old === undefined ? nothing : old.value;
  const after = now === undefined ? nothing : now.value;
  if (before === after) return [];
  const { key, companyId, line } = known;
  const concerns = [...new Set([companyId, old?.companyId ?? null])].filter((each): each is Id => each !== null).sort();
  const difference = { key, companyId, concerns, before, after, delta: deltaOf(before, after), line };
  return [key.report === 'exposures' ? facing(difference) : difference];
}

/** Debts are kept with one sign for each pair: told is who owes now, or who owed. */
function facing(difference: Difference): Difference {
  const { key, before, after, delta } = difference;
  const { debtorId = '', creditorId = '' } = key;
  const concerns = [debtorId, creditorId].sort();
  const shown = after === 0n ? before : after;
  if (typeof shown !== 'bigint' || shown >= 0n) return { ...difference, companyId: debtorId, concerns };
  const turned = { ...key, debtorId: creditorId, creditorId: debtorId };
  return {
    key: turned,
    companyId: creditorId,
    concerns,
    before: minus(before),
    after: minus(after),
    delta: minus(delta),
  };
}

function minus<V extends Value>(value: V): V | bigint {
  return typeof value === 'bigint' ? -value : value;
}

/** As bytes sort it: ids have no blanks. */
function orderOf({ companyId, key }: Difference): string {
  return `${companyId ?? '~'} ${COMPARED.indexOf(key.report)} ${textOf(key)}`;
}

function textOf({ figure, ...key }: FigureKey): string {
  const { report, companyId, skuId, siteId, debtorId, creditorId, lineId, redirectionId, leg, cause } = key;
  const named = [companyId, skuId, siteId, debtorId, creditorId, lineId, redirectionId];
  return [report, ...named, leg === undefined ? undefined : String(leg).padStart(5, '0'), figure, cause]
    .map((part) => part ?? '')
    .join(' ');
}
