/** The topic of every ledger's events, and the partitions it gets. */
export const TOPIC = { topic: 'procurement.events.v1', partitions: 12 } as const;
