import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether the process lives; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What tells this process from a later one with the same pid; null when it is gone, or a zombie nobody reaped. */
export async function startOf(pid: number): Promise<string | null> {
  if (!isAlive(pid)) return null;
  if (process.platform !== 'linux') return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim();
  const stat = await readable(() => readFile(`/proc/${String(pid)}/stat`, 'utf8'));
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? ['Z'];
  return state === 'Z' ? null : (rest[18] ?? null);
}

/** Pids of the processes whose working directory is exactly this folder. */
export async function processesWorkingIn(folder: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') return listedByLsof(folder);
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number);
  const folders = await Promise.all(pids.map((pid) => readable(() => readlink(`/proc/${String(pid)}/cwd`))));
  return pids.filter((_, index) => folders[index] === folder);
}

export async function parentOf(pid: number): Promise<number | null> {
  const listed = await readable(async () => (await run('ps', ['-o', 'ppid=', '-p', String(pid)])).stdout);
  return listed === null ? null : Number(listed);
}

/** `lsof -F` prints `pPID`, then `nFOLDER` of that process. */
async function listedByLsof(folder: string): Promise<readonly number[]> {
  const { stdout } = await run('lsof', ['-a', '-d', 'cwd', '-F', 'pn', '-u', String(process.getuid?.() ?? 0)]);
  let pid = 0;
  const found: number[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    if (line === `n${folder}`) found.push(pid);
  }
  return found;
}

/** Null for a process that ended meanwhile, or whose facts are not ours to read. */
async function readable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}
