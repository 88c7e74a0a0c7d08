import type pg from 'pg';
import { generationStandings, projectionLags, type ProjectorObserver } from '#libs/read-models';
import { codeOf } from './writer-metrics.ts';
import type { Metrics } from './metrics.ts';

/** What a projector did: counters. */
export function measuredProjection(metrics: Metrics): ProjectorObserver {
  const by = ['ledger'] as const;
  const projected = metrics.counter('projection_events_total', 'Events folded and written', by);
  const fills = metrics.counter('projection_gap_fills_total', 'Reads of what the topic had not brought', by);
  const filled = metrics.counter('projection_gap_filled_positions_total', 'Positions read from the ledger', by);
  const catches = metrics.counter('projection_watchdog_catches_total', 'Times a lost tail was caught up', by);
  const duplicates = metrics.counter('projection_duplicates_dropped_total', 'Events that were there already', by);
  const overtaken = metrics.counter('projection_overtaken_total', 'Times another projector was faster', by);
  const disbelieved = metrics.counter('projection_disbelieved_total', 'Offers that the ledger does not have', by);
  const halts = metrics.counter('projection_halts_total', 'Tries that ended at an event that cannot be folded', [
    'ledger',
    'code',
  ]);
  const failures = metrics.counter('projection_failures_total', 'Tries that failed and go on', ['code']);
  return {
    projected: (ledger, _checkpoint, events) => projected.inc({ ledger }, events),
    filledFromLedger: (ledger, _after, events) => {
      fills.inc({ ledger });
      filled.inc({ ledger }, events);
    },
    caughtUp: (ledger) => catches.inc({ ledger }),
    dropped: (ledger, events) => duplicates.inc({ ledger }, events),
    overtaken: (ledger) => overtaken.inc({ ledger }),
    disbelieved: (ledger) => disbelieved.inc({ ledger }),
    halted: (ledger, { code }) => halts.inc({ ledger, code }),
    failed: (error) => failures.inc({ code: codeOf(error) }),
  };
}

/** Where the live read models of each ledger stand, whoever writes them: the same in every projector. */
export function measureLag(metrics: Metrics, db: pg.Pool): void {
  const by = ['ledger'] as const;
  const head = metrics.gauge('projection_head_position', 'Last position of the ledger', by);
  const position = metrics.gauge('projection_position', 'Checkpoint of the live read models', by);
  const generation = metrics.gauge('projection_generation', 'The live generation of the read models', by);
  const lag = metrics.gauge('projection_lag_positions', 'Positions not yet in the reports', by);
  const seconds = metrics.gauge('projection_lag_seconds', 'Age of the oldest event not yet in the reports', by);
  const halted = metrics.gauge('projection_halted', '1 while an event keeps the ledger from going on', by);
  metrics.beforeEach('projection', async () => {
    const lags = await projectionLags(db, null);
    for (const gauge of [head, position, generation, lag, seconds, halted]) gauge.reset();
    for (const each of lags.filter(({ isLive }) => isLive)) {
      const { ledger } = each;
      head.set({ ledger }, each.head);
      position.set({ ledger }, each.position);
      generation.set({ ledger }, each.generation);
      lag.set({ ledger }, each.lagPositions);
      if (each.lagSeconds !== null) seconds.set({ ledger }, each.lagSeconds);
      halted.set({ ledger }, each.halt === null ? 0 : 1);
    }
  });
}

/** How far the events that the reports have read were compared with the ledger's, and whether they were the same. */
export function measureCompleteness(metrics: Metrics, db: pg.Pool): void {
  const verified = metrics.gauge('projection_verified_position', 'Proven to be read as the ledger has it', ['ledger']);
  const differs = metrics.gauge('projection_differs', '1 when what was read is not what the ledger holds', ['ledger']);
  metrics.beforeEach('completeness', async () => {
    const standings = await generationStandings(db);
    for (const gauge of [verified, differs]) gauge.reset();
    for (const standing of standings.filter(({ isLive }) => isLive)) {
      const { ledger } = standing;
      verified.set({ ledger }, standing.verifiedPosition);
      differs.set({ ledger }, standing.differs ? 1 : 0);
    }
  });
}
