import { readdirSync, readFileSync } from 'node:fs';

/** `pid` and everything it started, directly or not, as the kernel sees it now (Linux). */
export function processTree(pid: number): readonly number[] {
  const childrenOf = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const parent = /^\d+$/.test(entry) ? parentOf(Number(entry)) : null;
    if (parent !== null) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(entry)]);
  }
  const tree = [pid];
  for (const each of tree) tree.push(...(childrenOf.get(each) ?? []));
  return tree;
}

/** Sends SIGKILL to `pid` and all it started at once, as a power cut would; returns the processes that were hit. */
export function killTree(pid: number): readonly number[] {
  const tree = processTree(pid);
  for (const each of tree) signalIfAlive(each, 'SIGKILL');
  return tree;
}

/** Whether `pid` runs; a zombie that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  return (statOf(pid)?.[0] ?? 'Z') !== 'Z';
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function parentOf(pid: number): number | null {
  const stat = statOf(pid);
  return stat === null ? null : Number(stat[1]);
}

/** State, parent and the rest of /proc/PID/stat behind the command's name; null when the process is gone. */
function statOf(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}
