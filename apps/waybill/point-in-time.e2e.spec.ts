import { jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrate, roleUrl } from '#libs/event-store';
import { startPostgres, type LocalPostgres } from '#libs/local-servers';
import { TradingClient } from '#libs/testing';
import { waybillWith } from './e2e/command-line.fixture.spec.ts';
import { RunningWaybill, waybillPlace } from './e2e/running-waybill.fixture.spec.ts';

jest.setTimeout(300_000);

const LEDGER = 'trading';
const run = promisify(execFile);

/** What docs/how-to/back-up-and-restore.md tells to do, on a PostgreSQL that archives its log. */
describe('a database brought back to an earlier point', () => {
  let folder: string;
  let archive: string;
  let base: string;
  let place: Awaited<ReturnType<typeof waybillPlace>>;
  let postgres: LocalPostgres;
  let running: RunningWaybill | null = null;
  const client = new TradingClient(() => running?.url ?? '', LEDGER);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-point-'));
    await chmod(folder, 0o711);
    [archive, base] = [join(folder, 'archive'), join(folder, 'base')];
    place = await waybillPlace();
    postgres = await started(0);
    await archiving();
    await migrate(postgres.ownerUrl);
  });

  afterAll(async () => {
    await running?.dispose();
    await postgres?.stop();
    await postgres?.removeData();
    await place?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes on from there as another store, and its consumers with it', async () => {
    running = await RunningWaybill.start({ ...place, databaseUrl: postgres.ownerUrl });
    await client.prepare();
    await trade();
    await takeBaseBackup();
    await trade();
    const kept = await client.events();
    const operations = client.operations.length;
    await sql("select pg_create_restore_point('before')");
    await trade();
    const lost = (await client.events()).slice(kept.length);
    expect(lost.length).toBeGreaterThan(20);
    await sql('select pg_switch_wal()');
    await running.end('SIGTERM');

    const incarnation = await incarnationNow();
    await bringBack('before');
    const restored = await waybillWith(
      { DATABASE_URL: postgres.ownerUrl },
      ...['restored', '--who', 'an operator', '--why', 'a trial', '--json'],
    );
    expect(restored).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(restored.stdout)).toEqual({ incarnation: await incarnationNow() });
    expect(await incarnationNow()).not.toBe(incarnation);

    running = await RunningWaybill.start({ ...place, databaseUrl: postgres.ownerUrl });
    expect(await client.events()).toEqual(kept);
    const afresh = client.operations.slice(operations).filter(({ path }) => path.endsWith('/orders'));
    client.operations.length = 0;
    await trade();
    const renewed = await client.events();
    expect(renewed.slice(0, kept.length)).toEqual(kept);
    expect(renewed.slice(kept.length)).not.toEqual(expect.arrayContaining([lost[0]]));
    expect(renewed.length).toBeGreaterThan(kept.length + 20);
    expect(afresh.length).toBeGreaterThan(0);
    const doctor = await waybillWith(
      { DATABASE_URL: roleUrl(postgres.ownerUrl, 'waybill_auditor') },
      ...['doctor', '--ledger', LEDGER],
    );
    expect(doctor).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('0 differences') });
    expect(await readFile(join(place.dataFolder, 'logs/waybill.log'), 'utf8')).toContain('INCARNATION_CHANGED');
  });

  const started = (port: number) => startPostgres({ dataFolder: join(folder, 'postgres'), port, auth: 'trust' });

  /** With `archive_command` as PostgreSQL's manual has it, in the folder that the server's user may write. */
  async function archiving(): Promise<void> {
    const { uid, gid } = await stat(await cluster());
    await mkdir(archive);
    await chown(archive, uid, gid);
    await sql("alter system set archive_mode = 'on'");
    await sql(`alter system set archive_command = 'test ! -f ${archive}/%f && cp %p ${archive}/%f'`);
    await postgres.stop();
    postgres = await started(postgres.port);
  }

  /** A copy of the running server's data folder between pg_backup_start and pg_backup_stop. */
  async function takeBaseBackup(): Promise<void> {
    const backup = new pg.Client({ connectionString: postgres.ownerUrl });
    await backup.connect();
    await backup.query("select pg_backup_start('trial', fast => true)");
    await run('cp', ['-a', await cluster(), base]);
    const { rows } = await backup.query<{ labelfile: string }>('select labelfile from pg_backup_stop()');
    await backup.end();
    await rm(join(base, 'postmaster.pid'), { force: true });
    await run('sh', ['-c', `rm -rf '${base}'/pg_wal/0*`]);
    await owned('backup_label', rows[0]?.labelfile ?? '');
  }

  async function bringBack(restorePoint: string): Promise<void> {
    const data = await cluster();
    await postgres.stop();
    await rm(data, { recursive: true });
    const settings = await readFile(join(base, 'postgresql.auto.conf'), 'utf8');
    const recovery = [
      `restore_command = 'cp ${archive}/%f %p'`,
      `recovery_target_name = '${restorePoint}'`,
      "recovery_target_action = 'promote'",
    ];
    await owned('postgresql.auto.conf', `${settings}${recovery.join('\n')}\n`);
    await owned('recovery.signal', '');
    await rename(base, data);
    postgres = await started(postgres.port);
    while ((await sql('select pg_is_in_recovery() as is_so')).rows[0]?.['is_so'] === true) await sleep(100);
  }

  async function owned(name: string, text: string): Promise<void> {
    const { uid, gid } = await stat(base);
    await writeFile(join(base, name), text);
    await chown(join(base, name), uid, gid);
  }

  async function trade(): Promise<void> {
    await client.trade(AbortSignal.timeout(1_500), 3);
    await client.settle();
  }

  async function cluster(): Promise<string> {
    return String((await sql('show data_directory')).rows[0]?.['data_directory']);
  }

  async function incarnationNow(): Promise<unknown> {
    return (await sql('select incarnation from ledger.store')).rows[0]?.['incarnation'];
  }

  async function sql(statement: string): Promise<pg.QueryResult<Record<string, unknown>>> {
    const connection = new pg.Client({ connectionString: postgres.ownerUrl });
    await connection.connect();
    try {
      return await connection.query<Record<string, unknown>>(statement);
    } finally {
      await connection.end();
    }
  }
});
