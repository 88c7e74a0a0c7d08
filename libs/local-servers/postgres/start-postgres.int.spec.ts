import { jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgres, type LocalPostgres } from '../index.ts';

jest.setTimeout(60_000);

describe('a local PostgreSQL', () => {
  let folder: string;
  let dataFolder: string;
  const started: LocalPostgres[] = [];

  const start = async (options: { port?: number } = {}) => {
    const server = await startPostgres({ dataFolder, port: 0, auth: 'scram', ...options });
    started.push(server);
    return server;
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'waybill-local-postgres-'));
    await chmod(folder, 0o711);
    dataFolder = path.join(folder, 'postgres');
  });

  afterEach(async () => {
    const ended = started.splice(0);
    for (const server of ended) await server.stop();
    await ended[0]?.removeData();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps its data and its passwords from one start to the next', async () => {
    const first = await start();
    await query(first.ownerUrl, 'create table kept as select 7 as n');
    const password = await first.passwordOf('waybill_writer');
    await first.stop();
    const second = await start();
    expect(await query(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(await second.passwordOf('waybill_writer')).toBe(password);
  });

  it('is durable, checksummed, in UTF-8, and listens on 127.0.0.1 alone', async () => {
    const { ownerUrl } = await start();
    const names = ['fsync', 'data_checksums', 'server_encoding', 'listen_addresses', 'unix_socket_directories'];
    const settings = await query(ownerUrl, `select name, setting from pg_settings where name = any($1)`, [names]);
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    });
  });

  it('refuses who has no password, and shows its own to its owner only', async () => {
    const { ownerUrl } = await start();
    const without = new URL(ownerUrl);
    without.password = '';
    await expect(query(without.href, 'select 1')).rejects.toThrow();
    const wrong = new URL(ownerUrl);
    wrong.password = 'guessed';
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(path.join(dataFolder, 'passwords.json'))).mode & 0o777).toBe(0o600);
  });

  it('takes the next port when the one asked for is taken', async () => {
    const blocker = await listening();
    const address = blocker.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const { port, ownerUrl } = await start({ port: taken });
    await new Promise<void>((resolve) => {
      blocker.close(() => {
        resolve();
      });
    });
    expect(port).toBeGreaterThan(taken);
    expect(await query(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('lets no second start into a folder in use', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE', ownerPid: process.pid });
  });

  it('remakes a cluster whose making was interrupted', async () => {
    await start().then((server) => server.stop());
    const cluster = path.join(dataFolder, process.getuid?.() === 0 ? path.join('home', 'cluster') : 'cluster');
    await rm(cluster, { recursive: true });
    await mkdir(`${cluster}.unfinished`);
    await writeFile(path.join(`${cluster}.unfinished`, 'PG_VERSION'), '18\n');
    const { ownerUrl } = await start();
    expect(await query(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(`${cluster}.unfinished`)).toBe(false);
  });

  it('recovers from kill -9 of the postmaster, and believes no stale pid file', async () => {
    const first = await start();
    await query(first.ownerUrl, 'create table kept as select 7 as n');
    const { rows } = { rows: await query(first.ownerUrl, 'show data_directory') };
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    await first.stop();
    await writeFile(path.join(String(rows[0]?.['data_directory']), 'postmaster.pid'), `${String(process.pid)}\n`);
    const second = await start();
    expect(await query(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('says why it could not start', async () => {
    const first = await start();
    const [row] = await query(first.ownerUrl, 'show data_directory');
    await first.stop();
    await writeFile(path.join(String(row?.['data_directory']), 'postgresql.conf'), 'no_such_setting = on\n');
    const failure: unknown = await start().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'SERVER_START_FAILED', server: 'PostgreSQL' });
    expect((failure as { lastLines: string[] }).lastLines.join('\n')).toContain('no_such_setting');
  });
});

async function query(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
