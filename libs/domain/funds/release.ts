import { exactProduct, type ExactInteger } from '#libs/kernel';
import { streamOf } from '../streams.ts';
import type { FundsReleased } from './events.ts';

/** The money of `quantity` units that will not come, set free; nothing for units that cost nothing. */
export function fundsReleased(
  whose: Omit<FundsReleased['data'], 'amountCents'>,
  quantity: number,
  unitPriceCents: number,
): readonly FundsReleased[] {
  return centsReleased(whose, exactProduct(quantity, unitPriceCents));
}

/** `amountCents` set free; no event of nothing. */
export function centsReleased(
  whose: Omit<FundsReleased['data'], 'amountCents'>,
  amountCents: ExactInteger,
): readonly FundsReleased[] {
  if (amountCents === 0) return [];
  return [{ type: 'FundsReleased', stream: streamOf.funds(whose.companyId), data: { ...whose, amountCents } }];
}
