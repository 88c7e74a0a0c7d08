import type { Id } from '#libs/kernel';

/** The stream of each kind of thing: `kind/id`. */
export const streamOf = {
  company: (companyId: Id) => `company/${companyId}`,
  sku: (skuId: Id) => `sku/${skuId}`,
  site: (siteId: Id) => `site/${siteId}`,
  lot: (lotId: Id) => `lot/${lotId}`,
  order: (orderId: Id) => `order/${orderId}`,
  amendment: (amendmentId: Id) => `amendment/${amendmentId}`,
  shipment: (shipmentId: Id) => `shipment/${shipmentId}`,
  return: (returnId: Id) => `return/${returnId}`,
  redirection: (redirectionId: Id) => `redirection/${redirectionId}`,
  funds: (companyId: Id) => `funds/${companyId}`,
  /** What each person may approve for the company. */
  limits: (companyId: Id) => `limits/${companyId}`,
  /** Of the ledger as a whole. */
  policy: 'policy/four-eyes',
  request: (requestId: Id) => `request/${requestId}`,
  claim: (claimId: Id) => `claim/${claimId}`,
  exposure: (debtorId: Id, creditorId: Id) => `exposure/${debtorId}:${creditorId}`,
} as const;
