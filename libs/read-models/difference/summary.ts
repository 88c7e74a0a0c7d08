import type { Id } from '#libs/kernel';
import type { Comparison, Difference, FigureKey } from './comparison.ts';
import { entitlementWords, wordsOf } from './words.ts';

/** What differs for a company, in words. */
export interface CompanySummary {
  readonly companyId: Id;
  readonly words: readonly string[];
  /** Differences that would be words here, beyond the most that are told. */
  readonly furtherCount: number;
}

/** What a summary tells; the rest explains it. */
const TOLD: Readonly<Record<FigureKey['report'], readonly string[]>> = {
  exposures: ['units'],
  redirections: ['status'],
  'delivery-schedule': ['expectedDate', 'siteId'],
  positions: ['inTransit', 'atDock', 'accepted', 'energised', 'short', 'rejected', 'cancelled', 'over'],
  slippage: ['unitDays'],
  funds: ['limitCents', 'committedCents', 'consumedCents'],
  breaches: ['units'],
  headroom: [],
  idleness: ['unitDays'],
};

const WORDS_MAX = 50;

/** Of the companies named, null for all, those that something differs for; each is told what concerns it. */
export function summariesOf(
  differences: readonly Difference[],
  comparison: Comparison,
  companyIds: readonly Id[] | null,
): readonly CompanySummary[] {
  const moved = entitlementsMoved(differences);
  const told = differences
    .filter(isTold)
    .map((each) => ({ concerns: each.concerns, words: wordsOf(each, comparison) }));
  const all = [...moved, ...told];
  const companies = [...new Set(all.flatMap(({ concerns }) => concerns))].sort();
  return companies
    .filter((companyId) => companyIds?.includes(companyId) ?? true)
    .map((companyId) => {
      const words = all.filter(({ concerns }) => concerns.includes(companyId)).map((each) => each.words);
      return { companyId, words: words.slice(0, WORDS_MAX), furtherCount: Math.max(0, words.length - WORDS_MAX) };
    });
}

/** A new line says nothing of dates that moved; it is in the figures of its company. */
function isTold({ key, before }: Difference): boolean {
  if (key.report === 'delivery-schedule' && before === null) return false;
  return TOLD[key.report].includes(key.figure);
}

interface Words {
  readonly concerns: readonly Id[];
  readonly words: string;
}

/** Lines that are now another company's, together where the same is said of them but for their number of units. */
function entitlementsMoved(differences: readonly Difference[]): readonly Words[] {
  const moved = differences.filter(
    ({ key, before, after }) => key.figure === 'companyId' && before !== null && after !== null,
  );
  const groups = new Map<string, Difference>();
  for (const each of moved.filter(({ line }) => line !== undefined && line.quantity > 0)) {
    const said = entitlementWords({ ...each, line: undefined });
    const sum = (groups.get(`${said} ${each.line?.status}`)?.line?.quantity ?? 0) + (each.line?.quantity ?? 0);
    groups.set(`${said} ${each.line?.status}`, {
      ...each,
      line: { status: each.line?.status ?? 'confirmed', quantity: sum },
    });
  }
  return [...groups.values()].map((each) => ({ concerns: each.concerns, words: entitlementWords(each) }));
}
