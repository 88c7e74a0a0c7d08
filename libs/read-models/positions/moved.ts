import type { Day, Id } from '#libs/kernel';
import type { Bucket, Movement } from './movement.ts';

/** Whose units, of what, where. */
export interface Holder {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly siteId: Id | null;
}

/** Signed units of one bucket. */
export function units(holder: Holder, bucket: Bucket, quantity: number, dueOn: Day | null = null): Movement {
  const { companyId, skuId, siteId } = holder;
  return { companyId, skuId, siteId, bucket, counterpartyId: null, dueOn, quantity };
}

/** A bucket, and whose. */
export type Place = readonly [holder: Holder, bucket: Bucket, dueOn?: Day];

/** Units that leave one place for another. */
export function moved(quantity: number, { from, to }: { from: Place; to: Place }): readonly Movement[] {
  const [giver, left, leftDueOn] = from;
  const [taker, reached, reachedDueOn] = to;
  return [units(giver, left, -quantity, leftDueOn), units(taker, reached, quantity, reachedDueOn)];
}

interface Debt {
  readonly debtorId: Id;
  readonly creditorId: Id;
  readonly skuId: Id;
}

/** Both sides of a debt. */
export function owed({ debtorId, creditorId, skuId }: Debt, quantity: number): readonly Movement[] {
  const side = { skuId, siteId: null, bucket: 'owed', dueOn: null } as const;
  return [
    { ...side, companyId: creditorId, counterpartyId: debtorId, quantity },
    { ...side, companyId: debtorId, counterpartyId: creditorId, quantity: -quantity },
  ];
}
