import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { claimFolder } from '../processes/folder-claim.ts';
import { endLeftovers, type StopStep } from '../processes/leftovers.ts';
import { supervise, type SupervisedProcess } from '../processes/supervised-process.ts';
import { fetchKafka } from './fetch-kafka.ts';
import { formatOnce, newClusterId } from './format.ts';
import { freePorts } from './free-ports.ts';
import { untilAnswering } from './ready.ts';
import { serverProperties, type KafkaListener, type KafkaNode } from './server-properties.ts';

export interface KafkaOptions {
  readonly dataFolder: string;
  /** Taken: the next free one. 0: any. */
  readonly port: number;
  readonly controllerPort: number;
  /** Ways to the broker besides `port`, for specs that put something in between. */
  readonly listeners?: readonly KafkaListener[];
  /** Its place among others; alone unless told. Then both ports must be free: the others know them. */
  readonly cluster?: ClusterPlace;
  /** 512 unless told. */
  readonly heapMaxMib?: number;
  readonly onLog?: (line: string) => void;
}

export interface ClusterPlace {
  readonly id: string;
  /** From 1. */
  readonly nodeId: number;
  readonly quorum: readonly number[];
}

export interface LocalKafka {
  /** `127.0.0.1:PORT`. */
  readonly brokers: readonly string[];
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, stopped or not. */
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
  /** After `stop`. */
  removeData(): Promise<void>;
}

const LEFTOVER_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', to: 'roots', waitSeconds: 15 },
  { signal: 'SIGKILL', to: 'each', waitSeconds: 5 },
];

/**
 * Starts a one-node Apache Kafka (KRaft) of this project on 127.0.0.1, fetching its jars and formatting its log once.
 * Throws `ServerToolMissingError` (Java, Maven), `DataFolderInUseError`, `ServerStartError`.
 */
export async function startKafka(options: KafkaOptions): Promise<LocalKafka> {
  const { jars } = await fetchKafka();
  await mkdir(options.dataFolder, { recursive: true });
  const dataFolder = await realpath(options.dataFolder);
  const claim = await claimFolder(dataFolder);
  try {
    return await startClaimed({ ...options, dataFolder }, jars, claim.release);
  } catch (error) {
    await claim.release();
    throw error;
  }
}

async function startClaimed(options: KafkaOptions, jars: string, release: () => Promise<void>): Promise<LocalKafka> {
  const { dataFolder } = options;
  await endLeftovers(dataFolder, LEFTOVER_STEPS);
  const node = await nodeOf(options);
  const log = path.join(dataFolder, 'log');
  await formatOnce(log, jars, node, options.cluster?.id ?? newClusterId());
  const properties = path.join(dataFolder, 'server.properties');
  await writeFile(properties, serverProperties(log, node));
  const server = await supervise(broker(properties, jars, options));
  await untilAnswering(server, brokersAt(node.port));
  return running(server, node.port, dataFolder, release);
}

/** One that is alone may take other ports than it was asked to; the others of a cluster would not find it there. */
async function nodeOf(options: KafkaOptions): Promise<KafkaNode> {
  const { port, controllerPort, cluster, listeners = [] } = options;
  if (cluster !== undefined) return { port, controllerPort, listeners, ...cluster };
  const ports = await freePorts({ port, controllerPort });
  return { ...ports, listeners, nodeId: 1, quorum: [ports.controllerPort] };
}

function broker(properties: string, jars: string, { dataFolder, onLog, heapMaxMib = 512 }: KafkaOptions) {
  const logging = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
  const flags = ['-Xms128m', `-Xmx${heapMaxMib}m`, '-XX:+ExitOnOutOfMemoryError', logging];
  return {
    name: 'Kafka',
    command: ['java', ...flags, '-cp', path.join(jars, '*'), 'kafka.Kafka', properties],
    workFolder: dataFolder,
    stopSignal: 'TERM' as const,
    stopWithinSeconds: 30,
    onLog: onLog ?? (() => undefined),
  };
}

function running(
  server: SupervisedProcess,
  port: number,
  dataFolder: string,
  release: () => Promise<void>,
): LocalKafka {
  return {
    brokers: brokersAt(port),
    port,
    pid: server.pid,
    exited: server.exited,
    async stop() {
      await server.stop();
      await release();
    },
    removeData: () => rm(dataFolder, { recursive: true, force: true }),
  };
}

function brokersAt(port: number): readonly string[] {
  return [`127.0.0.1:${String(port)}`];
}
