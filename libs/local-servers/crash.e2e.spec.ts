import { jest } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { startKafka, startPostgres } from './index.ts';
import { isAlive, parentOf } from './processes/process-facts.ts';

jest.setTimeout(120_000);

const BUILT = path.resolve(import.meta.dirname, '..', '..', 'dist', 'libs', 'local-servers', 'index.js');

/** What one `npm start` would have running: a Node process with a server under it. */
interface Parent {
  readonly process: ChildProcess;
  readonly serverPid: number;
  readonly address: string;
}

describe.each(['postgres', 'kafka'] as const)('a local %s whose parent is killed', (kind) => {
  let folder: string;
  let dataFolder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'waybill-crash-'));
    await chmod(folder, 0o711);
    dataFolder = path.join(folder, kind);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is gone within seconds, and the next start finds its data', async () => {
    const parent = await parentOfServer(kind, dataFolder);
    await put(kind, parent.address);
    parent.process.kill('SIGKILL');
    expect(await goneWithin(parent.serverPid, 10_000)).toBe(true);
    expect(await foundByNextStart(kind, dataFolder)).toBe(true);
  });

  it('is ended by the next start when its shell died as well', async () => {
    const parent = await parentOfServer(kind, dataFolder);
    await put(kind, parent.address);
    await orphan(parent);
    expect(isAlive(parent.serverPid)).toBe(true);
    expect(await foundByNextStart(kind, dataFolder)).toBe(true);
    expect(await goneWithin(parent.serverPid, 2_000)).toBe(true);
  });
});

async function parentOfServer(kind: 'postgres' | 'kafka', dataFolder: string): Promise<Parent> {
  const start = kind === 'postgres' ? 'startPostgres' : 'startKafka';
  const options = JSON.stringify({ dataFolder, port: 0, controllerPort: 0, auth: 'trust' });
  const script = `import { ${start} } from ${JSON.stringify(BUILT)};
    const server = await ${start}(${options});
    console.log(JSON.stringify({ serverPid: server.pid, address: server.ownerUrl ?? server.brokers[0] }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { process: child, ...(JSON.parse(line) as { serverPid: number; address: string }) };
  }
  throw new Error('the parent ended before its server was up');
}

/** Kills the shell, its watcher and the Node process, so that only the server is left. */
async function orphan({ process: node, serverPid }: Parent): Promise<void> {
  const shell = await parentOf(serverPid);
  if (shell === null || shell <= 1) throw new Error('the server has no shell');
  for (const pid of await childrenOf(shell)) if (pid !== serverPid) process.kill(pid, 'SIGKILL');
  process.kill(shell, 'SIGKILL');
  node.kill('SIGKILL');
  await delay(300);
}

async function childrenOf(parent: number): Promise<readonly number[]> {
  const listing = spawn('ps', ['-e', '-o', 'pid=,ppid='], { stdio: ['ignore', 'pipe', 'inherit'] });
  const children: number[] = [];
  for await (const line of createInterface({ input: listing.stdout })) {
    const [pid = 0, ppid = 0] = line.trim().split(/\s+/).map(Number);
    if (ppid === parent) children.push(pid);
  }
  return children;
}

async function goneWithin(pid: number, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs;
  while (isAlive(pid) && Date.now() < deadline) await delay(50);
  return !isAlive(pid);
}

async function put(kind: 'postgres' | 'kafka', address: string): Promise<void> {
  if (kind === 'postgres') await query(address, 'create table kept as select 7 as n');
  else await topics(address, async (admin) => admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }] }));
}

async function foundByNextStart(kind: 'postgres' | 'kafka', dataFolder: string): Promise<boolean> {
  if (kind === 'postgres') {
    const server = await startPostgres({ dataFolder, port: 0, auth: 'trust' });
    const found = await query(server.ownerUrl, 'select n from kept').finally(() => server.stop());
    return found.length === 1;
  }
  const server = await startKafka({ dataFolder, port: 0, controllerPort: 0 });
  const found = await topics(server.brokers[0] ?? '', (admin) => admin.listTopics()).finally(() => server.stop());
  return found.includes('kept');
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function topics<T>(broker: string, work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
  const admin = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
