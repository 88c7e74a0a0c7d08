import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresPlace } from './place.ts';

const run = promisify(execFile);

/** Makes the cluster once, beside its place, and renames it: a folder that exists is whole, whoever was killed when. */
export async function initialise(place: PostgresPlace, auth: 'scram' | 'trust', password: string): Promise<void> {
  if (existsSync(path.join(place.cluster, 'PG_VERSION'))) return;
  const unfinished = `${place.cluster}.unfinished`;
  await rm(place.cluster, { recursive: true, force: true });
  await rm(unfinished, { recursive: true, force: true });
  await withPasswordFile(`${place.cluster}.password`, place, password, (file) => initdb(place, unfinished, auth, file));
  await writeAccessRules(path.join(unfinished, 'pg_hba.conf'), auth);
  await rename(unfinished, place.cluster);
}

/** Code point order and full Unicode case mapping, from PostgreSQL itself: the same on every machine. */
async function initdb(
  place: PostgresPlace,
  folder: string,
  auth: 'scram' | 'trust',
  passwordFile: string,
): Promise<void> {
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const method = ['-A', auth === 'scram' ? 'scram-sha-256' : 'trust', `--pwfile=${passwordFile}`];
  const flags = [
    '-D',
    folder,
    '-U',
    'postgres',
    '-E',
    'UTF8',
    ...locale,
    '--data-checksums',
    '--no-instructions',
    ...method,
  ];
  await run(place.program('initdb'), flags, { cwd: '/', env: { ...process.env, LC_ALL: 'C' }, ...place.user });
}

async function writeAccessRules(file: string, auth: 'scram' | 'trust'): Promise<void> {
  const method = auth === 'scram' ? 'scram-sha-256' : 'trust';
  await writeFile(file, `host all all 127.0.0.1/32 ${method}\n`);
}

async function withPasswordFile(
  file: string,
  { user }: PostgresPlace,
  password: string,
  work: (file: string) => Promise<void>,
): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, password, { mode: 0o600, flag: 'wx' });
  if (user !== undefined) await chown(file, user.uid, user.gid);
  await chmod(file, 0o400);
  try {
    await work(file);
  } finally {
    await rm(file, { force: true });
  }
}
