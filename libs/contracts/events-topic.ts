/** The topic of every ledger's events. A ledger is in order because its partition never changes: so N never does. */
export const EVENTS_TOPIC = { topic: 'procurement.events.v1', partitions: 12 } as const;
