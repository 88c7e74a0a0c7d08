import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalKafka, ServerToolMissingError, startKafka } from '#libs/local-servers';
import { brokersFile } from '../cli/database.ts';
import type { WaybillConfig } from '../config.ts';
import type { ClosingStack } from './closing-stack.ts';
import { keepRunning } from './kept-running.ts';
import type { Logs } from './logs.ts';
import { say } from './progress.ts';
import { type Ending, never } from './ending.ts';
import { onSamePort } from './same-port.ts';

export interface Brokers {
  /** Null: Kafka is off. */
  readonly brokers: readonly string[] | null;
  readonly lost: Promise<Ending>;
}

/** Below the ports that clients are given, or one of their connections may hold it when Kafka comes back. */
const PORT = 29_092;

/** The brokers given, or a local Kafka; off, said aloud, on a machine without Java or Maven. */
export async function brokers(config: WaybillConfig, logs: Logs, closing: ClosingStack): Promise<Brokers> {
  if (config.kafkaBrokers !== null) return { brokers: config.kafkaBrokers, lost: never() };
  try {
    const { first, lost } = await keepRunning('Kafka', localKafka(config, logs), closing);
    await writeFile(brokersFile(config.dataFolder), `${first.brokers.join(',')}\n`);
    return { brokers: first.brokers, lost };
  } catch (error) {
    if (!(error instanceof ServerToolMissingError)) throw error;
    say(`Kafka is off: ${error.message} The read models are fed from the ledger itself; nothing is published.`);
    return { brokers: null, lost: never() };
  }
}

function localKafka(config: WaybillConfig, logs: Logs): () => Promise<LocalKafka> {
  const onLog = logs.lines('kafka');
  const dataFolder = join(config.dataFolder, 'kafka');
  return onSamePort('Kafka', PORT, (port) => startKafka({ dataFolder, port, controllerPort: port + 1, onLog }));
}
