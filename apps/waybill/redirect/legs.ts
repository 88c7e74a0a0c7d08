import { isId, type Id } from '#libs/kernel';
import { UsageError } from '../cli/usage-error.ts';

/** A leg as ProposeRedirection takes it: a whole shipment, or all that is open of a tranche. */
export type RequestedLeg = { readonly toCompanyId: Id; readonly toSiteId: Id } & (
  { readonly shipmentId: Id } | { readonly orderId: Id; readonly trancheId: Id }
);

/** The legs of `SHIPMENT:COMPANY:SITE` or `ORDER/TRANCHE:COMPANY:SITE`, divided by commas. Throws {@link UsageError}. */
export function legsIn(text: string): readonly RequestedLeg[] {
  return text.split(',').map((leg) => {
    const [what = '', toCompanyId, toSiteId, ...more] = leg.split(':');
    const [first, second, ...further] = what.split('/');
    const areIds = [first, second ?? first, toCompanyId, toSiteId].every(isId);
    if (!areIds || more.length > 0 || further.length > 0)
      throw new UsageError(`a leg is SHIPMENT:COMPANY:SITE or ORDER/TRANCHE:COMPANY:SITE, not ${JSON.stringify(leg)}`);
    const to = { toCompanyId: toCompanyId as Id, toSiteId: toSiteId as Id };
    return second === undefined
      ? { shipmentId: first as Id, ...to }
      : { orderId: first as Id, trancheId: second, ...to };
  });
}
