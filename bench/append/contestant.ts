/** One way to store an event a command, opened on a database of its own. */
export interface Contestant {
  readonly name: string;
  /** Resolves when the event is committed. */
  append(): Promise<void>;
  close(): Promise<void>;
}

/** What the row of every contestant says: an order of two tranches, about 300 bytes. */
export const ORDER = {
  orderId: 'PO-T1',
  companyId: 'TESLA',
  supplierId: 'NVIDIA',
  skuId: 'H100',
  tranches: [
    { trancheId: 'A', quantity: 6_000, requestedDate: '2024-01-15', siteId: 'AUSTIN', unitPriceCents: 4_166_700 },
    { trancheId: 'B', quantity: 6_000, requestedDate: '2024-06-15', siteId: 'AUSTIN', unitPriceCents: 4_166_700 },
  ],
} as const;
