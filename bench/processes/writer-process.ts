import { writerOf } from '../append/group-writer.ts';
import { closedLoop } from '../measuring/closed-loop.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';

/** One process of callers and their writer. */
export interface WriterOrder {
  readonly databaseUrl: string;
  readonly ledger: string;
  readonly callers: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
}

const { databaseUrl, ledger, ...loop } = orderGiven() as WriterOrder;
const contestant = await writerOf(databaseUrl, ledger);
report({ ready: true });
process.once('message', () => void run());

async function run(): Promise<void> {
  const measurement = await closedLoop(() => contestant.append(), loop);
  await contestant.close();
  report(measurement);
}
