import { daysBetween, type Day, type Id } from '#libs/kernel';
import type { Slip, SlipCause } from './slippage.ts';
import { unitDayProduct } from './unit-days.ts';

/** Units that wait together: whose, of what, how many, at what price. */
export interface WaitingUnits {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly quantity: number;
  readonly unitPriceCents: number;
}

/** The slip of `units` from one expected day to another: one entry, or none where it is zero. */
export function slipsOf(cause: SlipCause, from: Day, to: Day, units: WaitingUnits): readonly Slip[] {
  const unitDays = unitDayProduct(units.quantity, daysBetween(from, to));
  if (unitDays === 0) return [];
  const { companyId, skuId, unitPriceCents } = units;
  return [{ companyId, skuId, cause, unitDays, unitPriceCents }];
}
