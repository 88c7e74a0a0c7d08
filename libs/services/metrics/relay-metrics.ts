import type pg from 'pg';
import { publishedPositions, type Relay, type RelayObserver } from '#libs/messaging';
import { codeOf } from './writer-metrics.ts';
import type { Metrics } from './metrics.ts';

/** What a relay did: counters. */
export function measuredRelay(metrics: Metrics): RelayObserver {
  const events = metrics.counter('relay_published_events_total', 'Events acknowledged by Kafka', ['ledger']);
  const again = metrics.counter('relay_republished_ledgers_total', 'Times the topic had lost a ledger', ['ledger']);
  const refills = metrics.counter('relay_refills_total', 'Times somebody asked to fill the topic again', ['ledger']);
  const halts = metrics.counter('relay_halts_total', 'Ledgers halted by a defect', ['ledger', 'code']);
  const failures = metrics.counter('relay_failures_total', 'Terms that ended in an error', ['code']);
  const rejections = metrics.counter(
    'relay_rejected_publishes_total',
    'Requests without acknowledgement: new producer',
  );
  const epoch = metrics.gauge('relay_epoch', 'Epoch of the last term that this relay led');
  const leading = metrics.gauge('relay_leading', '1 while this relay leads');
  return {
    leading: (term) => {
      epoch.set(term);
      leading.set(1);
    },
    standingBy: () => leading.set(0),
    published: (ledger, _position, count) => events.inc({ ledger }, count),
    publishingAgain: (ledger) => again.inc({ ledger }),
    refilling: (ledger) => refills.inc({ ledger }),
    halted: (ledger, error) => halts.inc({ ledger, code: codeOf(error) }),
    failed: (error) => {
      const code = codeOf(error);
      leading.set(0);
      failures.inc({ code });
      if (code === 'PUBLISH_FAILED') rejections.inc();
    },
  };
}

/** How far each ledger is in the topic, whoever publishes it: the same in every relay. */
export function measurePublications(metrics: Metrics, db: pg.Pool, topic: string, relay: Relay): void {
  const head = metrics.gauge('relay_head_position', 'Last position of the ledger', ['ledger']);
  const position = metrics.gauge('relay_published_position', 'Acknowledged up to here', ['ledger']);
  const lag = metrics.gauge('relay_lag_positions', 'Positions not yet published', ['ledger']);
  const halted = metrics.gauge('relay_halted', '1 while this relay leads and does not publish the ledger', ['ledger']);
  metrics.beforeEach('relay', async () => {
    const found = await publishedPositions(db, topic);
    for (const gauge of [head, position, lag, halted]) gauge.reset();
    for (const each of found) {
      const { ledger } = each;
      head.set({ ledger }, each.head);
      position.set({ ledger }, each.published);
      lag.set({ ledger }, Math.max(0, each.head - each.published));
      halted.set({ ledger }, relay.halted.has(ledger) ? 1 : 0);
    }
  });
}
