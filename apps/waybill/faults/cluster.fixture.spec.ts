import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { roleUrl, type WaybillRole } from '#libs/event-store';
import { freePort, type LocalKafka, type LocalPostgres, startKafka, startPostgres } from '#libs/local-servers';
import { waybillWith } from '../e2e/command-line.fixture.spec.ts';
import { appOf, environmentOf } from './environments.fixture.spec.ts';
import { Member } from './member.fixture.spec.ts';
import { ServerUnderFaults } from './server.fixture.spec.ts';

/** Every process of a cluster; two of each that does work of its own, and the one origin. */
export const MEMBERS: readonly string[] = [
  ...['ops-api-1', 'procurement-api-1', 'procurement-api-2'],
  ...['relay-1', 'relay-2', 'projector-1', 'projector-2'],
];

export interface ClusterOptions {
  /** The way of `member` to PostgreSQL; straight to it unless told. */
  readonly databaseUrl?: (member: string, url: string) => string;
  /** The way of `member` to Kafka: `host:port,…`; straight to it unless told. */
  readonly brokers?: (member: string, brokers: string) => string;
  /** The way of clients to `member`; straight to it unless told. */
  readonly clientUrl?: (member: string, url: string) => string;
  /** Starts PostgreSQL on its port, again after each end. */
  readonly startPostgres?: (place: ServerPlace) => Promise<LocalPostgres>;
  /** Starts the broker on its port, again after each end. */
  readonly startKafka?: (place: ServerPlace) => Promise<LocalKafka>;
  /** More of each member's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ServerPlace {
  readonly dataFolder: string;
  readonly port: number;
  readonly controllerPort: number;
}

/** The services as they are deployed, each a process of its own from the build, on a PostgreSQL and a broker of theirs. */
export class Cluster {
  readonly members = new Map<string, Member>();
  /** As the owner, for checks: no service has such a connection. */
  readonly owner: pg.Pool;

  private constructor(
    private readonly folder: string,
    private readonly options: ClusterOptions,
    readonly postgres: ServerUnderFaults<LocalPostgres>,
    readonly kafka: ServerUnderFaults<LocalKafka>,
  ) {
    this.owner = new pg.Pool({ connectionString: postgres.current.ownerUrl, max: 2, connectionTimeoutMillis: 5_000 });
    // A connection that breaks while it rests is what the faults are about; the next query opens another.
    this.owner.on('error', () => undefined);
  }

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'waybill-faults-'));
    await chmod(folder, 0o711);
    const [port = 0, kafkaPort = 0, controllerPort = 0, ...ports] = await portsOfACluster();
    const begun = await Promise.allSettled([
      ServerUnderFaults.start(() => {
        const place = { dataFolder: join(folder, 'postgres'), port, controllerPort: 0 };
        return (options.startPostgres ?? localPostgres)(place);
      }),
      ServerUnderFaults.start(() => {
        const place = { dataFolder: join(folder, 'kafka'), port: kafkaPort, controllerPort };
        return (options.startKafka ?? startKafka)(place);
      }),
    ]);
    const [postgres, kafka] = begun.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    }) as [ServerUnderFaults<LocalPostgres>, ServerUnderFaults<LocalKafka>];
    const cluster = new Cluster(folder, options, postgres, kafka);
    await cluster.begin(ports);
    return cluster;
  }

  /** The one origin: queries, sign-in, and commands that it passes on. */
  get url(): string {
    return this.clientUrl('ops-api-1');
  }

  /** Everywhere that takes commands. */
  get commandUrls(): readonly string[] {
    return ['procurement-api-1', 'procurement-api-2', 'ops-api-1'].map((name) => this.clientUrl(name));
  }

  get brokers(): readonly string[] {
    return this.kafka.current.brokers;
  }

  member(name: string): Member {
    const member = this.members.get(name);
    if (member === undefined) throw new RangeError(`no member is called ${name}`);
    return member;
  }

  /** Starts whoever does not run; resolves when all are ready. */
  async ready(): Promise<void> {
    await Promise.all([...this.members.values()].map((member) => member.start()));
  }

  /** How often members ended though nobody killed them. */
  deaths(): readonly string[] {
    return [...this.members.values()].flatMap(({ name, deaths }) => deaths.map((how) => `${name}, ${how}`));
  }

  /** What `waybill ARGS` says as the auditor. */
  async auditor(...args: readonly string[]): ReturnType<typeof waybillWith> {
    return waybillWith({ DATABASE_URL: this.roleUrl('waybill_auditor') }, ...args);
  }

  roleUrl(role: WaybillRole): string {
    return roleUrl(this.postgres.current.ownerUrl, role);
  }

  async close(): Promise<void> {
    await Promise.all([...this.members.values()].map((member) => member.kill()));
    await this.owner.end();
    await Promise.all([this.postgres.stop(), this.kafka.stop()]);
    await Promise.all([this.postgres.current.removeData(), this.kafka.current.removeData()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  private clientUrl(name: string): string {
    return (this.options.clientUrl ?? straight)(name, this.member(name).url);
  }

  private async begin(ports: readonly number[]): Promise<void> {
    const migrated = await waybillWith({ DATABASE_URL: this.postgres.current.ownerUrl }, 'migrate');
    if (migrated.exitCode !== 0) throw new Error(migrated.stderr);
    const urls = new Map(MEMBERS.map((name, index) => [name, `http://127.0.0.1:${ports[index] ?? 0}`]));
    const { databaseUrl = straight, brokers = straight, environment = {} } = this.options;
    const ways = {
      database: (name: string, role: WaybillRole) => databaseUrl(name, this.roleUrl(role)),
      brokers: (name: string) => brokers(name, this.brokers.join(',')),
      url: (name: string) => urls.get(name) ?? '',
      keyFile: join(this.folder, 'demo-issuer.json'),
    };
    for (const name of MEMBERS) {
      const place = { name, app: appOf(name), url: ways.url(name), folder: this.folder };
      this.members.set(name, new Member({ ...place, environment: { ...environmentOf(name, ways), ...environment } }));
    }
    await this.ready();
  }
}

const straight = (_: string, address: string): string => address;

/** Below the ephemeral ports: a connection of somebody's must not take a server's port while it is away. */
const LOWEST_PORT = 20_000;

async function portsOfACluster(): Promise<readonly number[]> {
  const ports = [await freePort(LOWEST_PORT + (process.pid % 500) * 20)];
  while (ports.length < MEMBERS.length + 3) ports.push(await freePort((ports.at(-1) ?? 0) + 1));
  return ports;
}

function localPostgres({ dataFolder, port }: ServerPlace): Promise<LocalPostgres> {
  return startPostgres({ dataFolder, port, auth: 'trust' });
}
