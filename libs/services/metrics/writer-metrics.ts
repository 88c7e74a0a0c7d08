import type { LedgerCommand, LedgerState } from '#libs/domain';
import type { CommandSink, Submission, SubmissionResult, WriterObserver, WriterStatistics } from '#libs/event-store';
import { type Metrics, SECONDS } from './metrics.ts';

const COUNTS = [1, 2, 5, 10, 25, 50, 100, 250, 500];

type Sink = CommandSink<LedgerState, LedgerCommand>;

/** Batches and trouble of the writers. */
export function measuredBatches(metrics: Metrics): WriterObserver {
  const commands = metrics.histogram('writer_batch_commands', 'Commands a batch', { buckets: COUNTS });
  const events = metrics.histogram('writer_batch_events', 'Events a batch', { buckets: [0, ...COUNTS] });
  const duration = metrics.histogram('writer_batch_duration_seconds', 'To decide and commit', { buckets: SECONDS });
  const conflicts = metrics.counter('writer_conflicts_total', 'Batches decided again, another writer was faster');
  const turns = metrics.counter('writer_turns_total', 'Turns at ledgers that other processes write too', ['outcome']);
  const waits = metrics.histogram('writer_turn_wait_seconds', 'In line for a turn', { buckets: SECONDS });
  const retries = metrics.counter('writer_retries_total', 'Batches sent again, PostgreSQL did not answer');
  const refusals = metrics.counter('writer_refusals_total', 'Batches refused and halved');
  const openings = metrics.counter('writer_openings_total', 'Books read, by what they were read from', ['from']);
  const opening = metrics.histogram('writer_opening_duration_seconds', 'To read a book', { buckets: SECONDS });
  const snapshots = metrics.counter('writer_snapshots_total', 'Snapshots taken of books, by what became of them', [
    'outcome',
  ]);
  return {
    onOpened: ({ snapshotAt, ignored, durationMs }) => {
      openings.inc({
        from: ignored === null ? (snapshotAt > 0 ? 'snapshot' : 'first event') : `first event: ${ignored}`,
      });
      opening.observe(durationMs / 1000);
    },
    onSnapshot: ({ outcome }) => snapshots.inc({ outcome }),
    onBatch: (batch) => {
      commands.observe(batch.commands);
      events.observe(batch.events);
      duration.observe(batch.durationMs / 1000);
    },
    onConflict: () => conflicts.inc(),
    onTurn: ({ taken, waitedMs }) => {
      turns.inc({ outcome: taken ? 'taken' : 'gone without' });
      waits.observe(waitedMs / 1000);
    },
    onRetry: () => retries.inc(),
    onRefusal: () => refusals.inc(),
  };
}

/** What waits for the writers right now. */
export function measureQueues(metrics: Metrics, statistics: () => WriterStatistics): void {
  const waiting = metrics.gauge('writer_waiting_commands', 'Commands that wait for their batch');
  const ledgers = metrics.gauge('writer_ledgers', 'Ledgers whose book is open in this process');
  metrics.beforeEach('writer', () => {
    const now = statistics();
    waiting.set(now.waitingCommands);
    ledgers.set(now.ledgers);
    return Promise.resolve();
  });
}

/** Every command by type, what became of it, the code when it was refused, and how long that took. */
export function measuredSink(metrics: Metrics, sink: Sink): Sink {
  const labelNames = ['type', 'outcome', 'code'] as const;
  const commands = metrics.counter('commands_total', 'Commands answered', labelNames);
  const duration = metrics.histogram('command_duration_seconds', 'From the edge to the answer', {
    labelNames: ['type', 'outcome'],
    buckets: SECONDS,
  });
  const done = (type: string, outcome: string, code: string, startMs: number) => {
    commands.inc({ type, outcome, code });
    duration.observe({ type, outcome }, (performance.now() - startMs) / 1000);
  };
  return {
    submit: async (submission: Submission<LedgerState, LedgerCommand>): Promise<SubmissionResult> => {
      const startMs = performance.now();
      const { type } = submission.command;
      try {
        const result = await sink.submit(submission);
        const { answer, replayed } = result;
        const outcome = replayed ? 'replayed' : answer.outcome;
        done(type, outcome, answer.outcome === 'rejected' ? answer.code : '', startMs);
        return result;
      } catch (error) {
        done(type, 'failed', codeOf(error), startMs);
        throw error;
      }
    },
  };
}

/** The stable code of one of our errors; any other has none. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'UNEXPECTED';
}
