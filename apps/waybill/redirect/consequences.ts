import type { Books } from './books.ts';
import { moneyMoves, siteChanges, type ProposedLeg, type Proposal } from './proposal.ts';

/** What would happen to a site or to money, in words, and the code that may refuse it as the books stand. */
export interface Consequence {
  readonly words: string;
  readonly mayBeRefused: string | null;
}

/** What the legs bring about when they become active, as the books stand. */
export async function consequencesOf({ legs }: Proposal, books: Books): Promise<readonly Consequence[]> {
  return [...(await roomAtSites(legs, books)), ...(await moneyOfCompanies(legs.filter(crosses), books))];
}

function crosses({ fromCompanyId, toCompanyId }: ProposedLeg): boolean {
  return fromCompanyId !== toCompanyId;
}

async function roomAtSites(legs: readonly ProposedLeg[], books: Books): Promise<readonly Consequence[]> {
  const changes = siteChanges(legs).filter(({ units }) => units !== 0);
  return Promise.all(
    changes.map(async ({ siteId, from, units }) => {
      const headroom = BigInt(await books.headroom(siteId, from));
      const isTooFull = units > 0 && headroom < BigInt(units);
      const words = `${siteId} from ${from} on: ${signed(units)} units, headroom ${headroom} before and ${headroom - BigInt(units)} after`;
      return { words, mayBeRefused: isTooFull ? 'SITE_CAPACITY_EXCEEDED' : null };
    }),
  );
}

async function moneyOfCompanies(legs: readonly ProposedLeg[], books: Books): Promise<readonly Consequence[]> {
  const priced = await Promise.all(
    legs.map(async (leg) => ({ ...leg, unitPriceCents: await books.unitPriceCents(leg) })),
  );
  const known = priced.flatMap(({ unitPriceCents, ...leg }) =>
    unitPriceCents === null ? [] : [{ ...leg, unitPriceCents }],
  );
  if (known.length < priced.length)
    return [{ words: 'money: the price of a leg is not among the events told of its order', mayBeRefused: null }];
  const currency = await books.currency();
  return Promise.all(
    moneyMoves(known).map(async ({ companyId, deltaCents }) => {
      const headroom = await books.fundsHeadroomCents(companyId);
      const left = headroom === null ? 'no budget' : `${headroom} left of its budgets before`;
      const words = `${companyId}: ${signed(deltaCents)} cents ${currency} committed, ${left}`;
      return { words, mayBeRefused: deltaCents > 0n ? refusalOf(headroom, deltaCents) : null };
    }),
  );
}

function refusalOf(headroomCents: number | string | null, deltaCents: bigint): string | null {
  if (headroomCents === null) return 'BUDGET_MISSING';
  return BigInt(headroomCents) < deltaCents ? 'BUDGET_EXCEEDED' : null;
}

function signed(figure: number | bigint): string {
  return figure > 0 ? `+${figure}` : String(figure);
}
