export { Metrics } from './metrics.ts';
export { measuredRequests } from './request-metrics.ts';
export { together } from './observers.ts';
export { measureCompleteness, measureLag, measuredProjection } from './projection-metrics.ts';
export { measuredRelay, measurePublications } from './relay-metrics.ts';
export { serveMetrics, type MetricsServer } from './serve-metrics.ts';
export { measuredBatches, measuredSink, measureQueues } from './writer-metrics.ts';
