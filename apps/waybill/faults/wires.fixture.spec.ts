import { freePort, type KafkaListener, type LocalKafka, startKafka } from '#libs/local-servers';
import { TcpProxy } from '#libs/testing';
import type { ClusterOptions, ServerPlace } from './cluster.fixture.spec.ts';
import { appOf } from './environments.fixture.spec.ts';

/** Who talks to whom, each over a wire; both relays share theirs, and so do both projectors and both that take commands. */
export type WireName =
  'client-api' | 'api-postgres' | 'relay-postgres' | 'projector-postgres' | 'relay-Kafka' | 'projector-Kafka';

/** Wires between the processes of a cluster and their servers, and between it and its clients; to be cut and slowed. */
export class Wires {
  private readonly wires = new Map<WireName, TcpProxy>();
  private listeners: readonly KafkaListener[] = [];

  /** For a cluster that is to be wired. */
  readonly options: ClusterOptions = {
    startKafka: (place) => this.startKafka(place),
    databaseUrl: (member, url) => this.wired(DATABASE_WIRES.get(appOf(member)), url),
    brokers: (member) => `127.0.0.1:${this.wire(KAFKA_WIRES.get(appOf(member)) ?? 'relay-Kafka').port}`,
    clientUrl: (member, url) => this.wired(member === 'ops-api-1' ? 'client-api' : undefined, url),
  };

  wire(name: WireName): TcpProxy {
    const wire = this.wires.get(name);
    if (wire === undefined) throw new RangeError(`no wire ${name}`);
    return wire;
  }

  async close(): Promise<void> {
    await Promise.all([...this.wires.values()].map((wire) => wire.close()));
  }

  /** The broker starts before anybody needs a wire. It tells clients who come over one to go on over it. */
  private async startKafka(place: ServerPlace): Promise<LocalKafka> {
    if (this.wires.size === 0) await this.open(place.controllerPort);
    return startKafka({ ...place, listeners: this.listeners });
  }

  private async open(portBefore: number): Promise<void> {
    for (const name of [...DATABASE_WIRES.values(), ...KAFKA_WIRES.values(), 'client-api' as const]) {
      this.wires.set(name, await TcpProxy.listen());
    }
    this.listeners = [
      await this.listener('relay-Kafka', portBefore + BEYOND_THE_CLUSTER),
      await this.listener('projector-Kafka', portBefore + BEYOND_THE_CLUSTER + 1),
    ];
  }

  private async listener(name: WireName, preferredPort: number): Promise<KafkaListener> {
    const port = await freePort(preferredPort);
    this.wire(name).leadTo(port);
    return { name: name.replace('-Kafka', '').toUpperCase(), port, advertisedPort: this.wire(name).port };
  }

  private wired(name: WireName | undefined, url: string): string {
    if (name === undefined) return url;
    const wired = new URL(url);
    this.wire(name).leadTo(Number(wired.port));
    wired.port = String(this.wire(name).port);
    return wired.href.replace(/\/$/, '');
  }
}

/** The origin's own reads go straight: what is about them are its clients' connections. */
const DATABASE_WIRES: ReadonlyMap<string, WireName> = new Map([
  ['procurement-api', 'api-postgres'],
  ['relay', 'relay-postgres'],
  ['projector', 'projector-postgres'],
]);

const KAFKA_WIRES: ReadonlyMap<string, WireName> = new Map([
  ['relay', 'relay-Kafka'],
  ['projector', 'projector-Kafka'],
]);

const BEYOND_THE_CLUSTER = 10;
