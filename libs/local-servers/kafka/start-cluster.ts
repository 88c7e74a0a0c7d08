import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../free-port.ts';
import { fetchKafka } from './fetch-kafka.ts';
import { newClusterId } from './format.ts';
import type { KafkaPorts } from './server-properties.ts';
import { startKafka, type LocalKafka } from './start-kafka.ts';

export interface ClusterOptions {
  readonly dataFolder: string;
  readonly brokers: 3;
  /** The first port looked at; below those that the system gives to clients, which would take a dead broker's. */
  readonly firstPort: number;
  readonly onLog?: (line: string) => void;
}

export interface ClusterBroker {
  /** From 1. */
  readonly nodeId: number;
  /** `127.0.0.1:PORT`, the same after each start. */
  readonly address: string;
  /** Null while it does not run. */
  readonly pid: number | null;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it answers again. Throws `ServerStartError`. */
  start(): Promise<void>;
}

export interface KafkaCluster {
  readonly brokers: readonly ClusterBroker[];
  stop(): Promise<void>;
  /** After `stop`. */
  removeData(): Promise<void>;
}

/** Small, so that three fit on the machine of whoever runs the specs. */
const HEAP_MAX_MIB = 256;

/**
 * Starts three Apache Kafka brokers, each a KRaft controller as well, with three copies of every partition of which two
 * acknowledge. Throws as `startKafka` does.
 */
export async function startKafkaCluster(options: ClusterOptions): Promise<KafkaCluster> {
  await mkdir(options.dataFolder, { recursive: true });
  await fetchKafka();
  const ports = await portsOf(options);
  const quorum = ports.map(({ controllerPort }) => controllerPort);
  const id = newClusterId();
  const brokers = ports.map((own, index) => new Broker(options, own, { id, nodeId: index + 1, quorum }));
  const stop = async () => {
    await Promise.all(brokers.map((broker) => broker.stop()));
  };
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { brokers, stop, removeData: () => rm(options.dataFolder, { recursive: true, force: true }) };
}

class Broker implements ClusterBroker {
  private starting: Promise<LocalKafka> | null = null;
  private running: LocalKafka | null = null;

  constructor(
    private readonly options: ClusterOptions,
    private readonly ports: KafkaPorts,
    private readonly cluster: { readonly id: string; readonly nodeId: number; readonly quorum: readonly number[] },
  ) {}

  get nodeId(): number {
    return this.cluster.nodeId;
  }

  get address(): string {
    return `127.0.0.1:${this.ports.port}`;
  }

  get pid(): number | null {
    return this.running?.pid ?? null;
  }

  async kill(): Promise<void> {
    if (this.running === null) return;
    process.kill(this.running.pid, 'SIGKILL');
    await this.stop();
  }

  async start(): Promise<void> {
    const { dataFolder, onLog } = this.options;
    this.starting = startKafka({
      ...this.ports,
      dataFolder: path.join(dataFolder, String(this.nodeId)),
      cluster: this.cluster,
      heapMaxMib: HEAP_MAX_MIB,
      ...(onLog === undefined ? {} : { onLog }),
    });
    this.running = await this.starting;
  }

  /** One that is still starting is waited for: it would be left behind. */
  async stop(): Promise<void> {
    const [started] = await Promise.allSettled([this.starting]);
    if (started.status === 'fulfilled') await started.value?.stop();
    [this.starting, this.running] = [null, null];
  }
}

async function portsOf({ brokers, firstPort }: ClusterOptions): Promise<readonly KafkaPorts[]> {
  const found: KafkaPorts[] = [];
  let next = firstPort;
  while (found.length < brokers) {
    const port = await freePort(next);
    const controllerPort = await freePort(port + 1);
    found.push({ port, controllerPort });
    next = controllerPort + 1;
  }
  return found;
}
