import { type Metrics, SECONDS } from './metrics.ts';

/** Requests by route template and status: as many values as the application has routes, whatever is asked for. */
export function measuredRequests(
  metrics: Metrics,
): (answer: { readonly route: string; readonly status: number; readonly durationMs: number }) => void {
  const requests = metrics.counter('http_requests_total', 'Requests answered', ['route', 'status']);
  const duration = metrics.histogram('http_request_duration_seconds', 'Until the answer was handed over', {
    labelNames: ['route'],
    buckets: SECONDS,
  });
  return ({ route, status, durationMs }) => {
    requests.inc({ route, status });
    duration.observe({ route }, durationMs / 1000);
  };
}
