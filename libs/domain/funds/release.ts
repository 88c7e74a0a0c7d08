import { exactProduct } from '../exact.ts';
import { streamOf } from '../streams.ts';
import type { FundsReleased } from './events.ts';

/** The money of `quantity` units that will not come, set free; nothing for units that cost nothing. */
export function fundsReleased(
  whose: Omit<FundsReleased['data'], 'amountCents'>,
  quantity: number,
  unitPriceCents: number,
): readonly FundsReleased[] {
  const amountCents = exactProduct(quantity, unitPriceCents);
  if (amountCents === 0) return [];
  return [{ type: 'FundsReleased', stream: streamOf.funds(whose.companyId), data: { ...whose, amountCents } }];
}
