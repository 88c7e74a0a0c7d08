import type { AmendmentApproved, AmendmentProposed } from './events.ts';

/** What every event of an amendment says of it. */
export function orderOf({
  amendmentId,
  orderId,
  companyId,
  supplierId,
}: AmendmentProposed['data']): AmendmentApproved['data'] {
  return { amendmentId, orderId, companyId, supplierId };
}
