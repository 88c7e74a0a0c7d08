import { IdField } from '../shape/fields.ts';

/** Parameters of the paths, named like the fields of the commands. */
export class LedgerPath {
  @IdField({ example: 'redirected-h100s' })
  ledger!: string;
}

export class BranchPath extends LedgerPath {
  @IdField({ example: 'without-the-swap' })
  branchId!: string;
}

export class SitePath extends LedgerPath {
  @IdField({ example: 'AUSTIN' })
  siteId!: string;
}

export class OrderPath extends LedgerPath {
  @IdField({ example: 'PO-T1' })
  orderId!: string;
}

export class TranchePath extends OrderPath {
  @IdField({ example: 'T1' })
  trancheId!: string;
}

export class AmendmentPath extends LedgerPath {
  @IdField({ example: 'AM-1' })
  amendmentId!: string;
}

export class ShipmentPath extends LedgerPath {
  @IdField({ example: 'SH-1' })
  shipmentId!: string;
}

export class RequestPath extends LedgerPath {
  @IdField({ example: 'RQ-1' })
  requestId!: string;
}

export class ReturnPath extends LedgerPath {
  @IdField({ example: 'RT-1' })
  returnId!: string;
}

export class RedirectionPath extends LedgerPath {
  @IdField({ example: 'SW-1' })
  redirectionId!: string;
}
