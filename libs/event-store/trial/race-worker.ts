import { randomUUID } from 'node:crypto';
import { EventStoreError } from '../errors.ts';
import { openPool } from '../pool.ts';
import type { WriterStatistics } from '../writer/ledger-writers.ts';
import { warehouseWriters, type WarehouseWriters } from './opened-warehouse.ts';
import { submissionOf } from './submission.ts';
import type { WarehouseCommand } from './warehouse.ts';

/** One of many processes that write one ledger at once: told where, it sends its commands and tells what it heard. */
export interface RaceStart {
  readonly writerUrl: string;
  readonly ledger: string;
  readonly commands: number;
  /** How many it sends at a time. */
  readonly lanes: number;
}

export interface RaceReport {
  readonly heard: readonly Heard[];
  readonly statistics: WriterStatistics;
}

export interface Heard {
  readonly commandId: string;
  /** `accepted`, or the code of a rejection or an error. */
  readonly answer: string;
  readonly positions: readonly number[];
}

process.on('message', (start: RaceStart) => void race(start).then((report) => process.send?.(report)));

async function race({ writerUrl, ledger, commands, lanes }: RaceStart): Promise<RaceReport> {
  const pool = openPool(writerUrl, {
    applicationName: 'race',
    maxConnections: 2,
    onIdleError: (error) => console.error(error),
  });
  const writers = warehouseWriters(pool);
  const lane = async (): Promise<readonly Heard[]> => {
    const heard: Heard[] = [];
    for (let n = 0; n < commands / lanes; n++) heard.push(await send(writers, ledger, n));
    return heard;
  };
  const heard = (await Promise.all(Array.from({ length: lanes }, lane))).flat();
  await writers.stop();
  await pool.end();
  return { heard, statistics: writers.statistics() };
}

/** Half reserve what soon is scarce, each on an aisle of its own choice; half note on streams that all share. */
async function send(writers: WarehouseWriters, ledger: string, n: number): Promise<Heard> {
  const units = 1 + Math.floor(Math.random() * 5);
  const place = String(Math.floor(Math.random() * 4));
  const command: WarehouseCommand =
    n % 2 === 0
      ? { kind: 'reserve', aisle: place, units, cents: units * 3 }
      : { kind: 'note', stream: `note/${place}`, data: {} };
  const commandId = randomUUID();
  try {
    const { answer } = await writers.submit(submissionOf(ledger, command, { commandId }));
    if (answer.outcome === 'rejected') return { commandId, answer: answer.code, positions: [] };
    return { commandId, answer: answer.outcome, positions: answer.events.map(({ position }) => position) };
  } catch (error) {
    if (error instanceof EventStoreError) return { commandId, answer: error.code, positions: [] };
    throw error;
  }
}
