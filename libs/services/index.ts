export * from './book-snapshots.ts';
/** What a process of its own and the single process compose alike: the write side, the relay, the projection. */
export * from './checked-pool.ts';
export * from './feed.ts';
export * from './health-server.ts';
export { measuredRequests, Metrics, serveMetrics, type MetricsServer } from './metrics/index.ts';
export * from './relay-of.ts';
export * from './write-side.ts';
