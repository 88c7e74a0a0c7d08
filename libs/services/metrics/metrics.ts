import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What a process counts and measures of itself, in Prometheus' text format 0.0.4. Labels are of few values: never an id. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly readings: { readonly part: string; readonly read: () => Promise<void> }[] = [];
  private readonly failedReadings: Counter<'part'>;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.failedReadings = this.counter('metrics_readings_failed_total', 'Figures that could not be read', ['part']);
  }

  /** `name` is what stands behind `waybill_`; a counter's ends in `_total`. */
  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name: `waybill_${name}`, help, labelNames, registers: [this.registry] });
  }

  gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> {
    return new Gauge({ name: `waybill_${name}`, help, labelNames, registers: [this.registry] });
  }

  histogram<Label extends string>(
    name: string,
    help: string,
    { labelNames = [], buckets }: { readonly labelNames?: readonly Label[]; readonly buckets: number[] },
  ): Histogram<Label> {
    return new Histogram({ name: `waybill_${name}`, help, labelNames, buckets, registers: [this.registry] });
  }

  /** Runs `read` before each answer of {@link text}: it sets gauges. What fails is counted and keeps no other figure back. */
  beforeEach(part: string, read: () => Promise<void>): void {
    this.failedReadings.inc({ part }, 0);
    this.readings.push({ part, read });
  }

  async text(): Promise<string> {
    const outcomes = await Promise.allSettled(this.readings.map(({ read }) => read()));
    for (const [index, { status }] of outcomes.entries()) {
      if (status === 'rejected') this.failedReadings.inc({ part: this.readings[index]?.part ?? '' });
    }
    return this.registry.metrics();
  }
}

/** Seconds, from a hundred microseconds to ten. */
export const SECONDS = [0.0001, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
