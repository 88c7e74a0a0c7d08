import kafkajs from 'kafkajs';
import type { ISocketFactory, Kafka, LogEntry } from 'kafkajs';
import type { Log } from '../log.ts';
import { quietRequestQueues } from './request-queue.ts';

export interface KafkaConnection {
  /** `host:port` of some brokers; they name the others. */
  readonly brokers: readonly string[];
  /** How the broker's logs and quotas call us. */
  readonly clientId: string;
  readonly log: Log;
  /** Longest wait for a connection; 2,000 unless told. */
  readonly connectionTimeoutMs?: number;
  /** Longest wait for an answer; 15,000 unless told. */
  readonly requestTimeoutMs?: number;
  /** How sockets are opened; plain TCP unless told. */
  readonly socketFactory?: ISocketFactory;
}

/**
 * A kafkajs client that gives up soon: whoever uses it tries again by a clock of its own and says so in the log,
 * where kafkajs's own retries would be silent for minutes.
 */
export function connectKafka(connection: KafkaConnection): Kafka {
  quietRequestQueues();
  return new kafkajs.Kafka({
    brokers: [...connection.brokers],
    clientId: connection.clientId,
    connectionTimeout: connection.connectionTimeoutMs ?? 2_000,
    requestTimeout: connection.requestTimeoutMs ?? 15_000,
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
    ...(connection.socketFactory === undefined ? {} : { socketFactory: connection.socketFactory }),
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => (entry) => passOn(connection.log, entry),
  });
}

/** What may enter our log of an entry; kafkajs puts whole payloads and stacks beside these. */
const FIELDS = ['broker', 'clientId', 'error', 'groupId', 'memberId', 'partition', 'retryCount', 'retryTime', 'topic'];

/** kafkajs calls an error what it tries again; its callers know what is one. */
function passOn(log: Log, { namespace, level, log: entry }: LogEntry): void {
  const fields = Object.fromEntries(FIELDS.filter((name) => name in entry).map((name) => [name, text(entry[name])]));
  const line = { kafkajs: namespace, ...fields };
  if (level <= kafkajs.logLevel.WARN) log.warn(line, entry.message);
  else log.debug(line, entry.message);
}

function text(value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}
