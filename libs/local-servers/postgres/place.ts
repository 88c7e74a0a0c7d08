import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { packagedPrograms, programsFor } from './programs.ts';
import { isTraversable, trustedFolder, unprivilegedUser, type SystemUser } from './unprivileged-user.ts';

export type PostgresProgram = 'postgres' | 'initdb';

export interface PostgresPlace {
  /** The cluster's folder as the server sees it, without symbolic links. */
  readonly cluster: string;
  /** Undefined: the user we are. */
  readonly user: SystemUser | undefined;
  program(name: PostgresProgram): string;
  remove(): Promise<void>;
}

/**
 * Where the cluster and the binaries lie. PostgreSQL refuses to run as root: then they lie where an unprivileged user
 * can go, in the data folder itself when that user can reach it, else in /var/tmp, with a symbolic link left behind.
 */
export async function placePostgres(dataFolder: string): Promise<PostgresPlace> {
  const user = await unprivilegedUser();
  const packaged = await packagedPrograms();
  if (user === undefined) return place(dataFolder, undefined, packaged.folder);
  const programs = await programsFor(user, packaged, awayFor(packaged.folder));
  if (await isTraversable(dataFolder, user)) return place(await ownedHome(dataFolder, user), user, programs);
  return place(await homeAway(dataFolder, user), user, programs);
}

function place(home: string, user: SystemUser | undefined, programs: string): PostgresPlace {
  return {
    cluster: path.join(home, 'cluster'),
    user,
    program: (name) => path.join(programs, 'bin', name),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

/** A home without its link belongs to a data folder that was deleted: its data goes as well. */
async function homeAway(dataFolder: string, user: SystemUser): Promise<string> {
  const away = awayFor(dataFolder);
  const link = path.join(dataFolder, 'home');
  await trustedFolder(away);
  if (!existsSync(link)) await rm(path.join(away, 'home'), { recursive: true, force: true });
  const home = await ownedHome(away, user);
  await rm(link, { force: true });
  await symlink(home, link);
  return home;
}

/** The unprivileged user's own folder: initdb makes its sibling and renames it in here. */
async function ownedHome(parent: string, user: SystemUser): Promise<string> {
  const home = path.join(parent, 'home');
  await mkdir(home, { recursive: true, mode: 0o700 });
  await chown(home, user.uid, user.gid);
  return home;
}

function awayFor(folder: string): string {
  return path.join('/var/tmp', `waybill-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
}
