import { execFile } from 'node:child_process';
import { lstat, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { UntrustedFolderError } from '../errors.ts';

const run = promisify(execFile);

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Who runs PostgreSQL when we are root: `postgres` if the system has it, else `nobody`; undefined: we are not root. */
export async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (await systemUser('postgres')) ?? (await systemUser('nobody')) ?? { uid: 65_534, gid: 65_534 };
}

async function systemUser(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether the user may pass through every folder of the path, itself included. */
export async function isTraversable(folder: string, user: SystemUser): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = path.dirname(folder);
  return parent === folder || isTraversable(parent, user);
}

/** Makes a folder that only we may change, in a place where anyone may make one first. */
export async function trustedFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o755, recursive: true });
  const { uid, mode } = await lstat(folder);
  const isDirectory = (mode & 0o170000) === 0o040000;
  if (!isDirectory || uid !== process.getuid?.() || (mode & 0o022) !== 0) throw new UntrustedFolderError(folder);
}
