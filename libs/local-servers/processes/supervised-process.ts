import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { lastLines } from './last-lines.ts';
import { SUPERVISOR } from './supervisor-script.ts';

export interface SupervisedCommand {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the server works: how its leftovers are known later. */
  readonly workFolder: string;
  /** Who runs it; undefined: who we are. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stopSignal: 'INT' | 'TERM';
  readonly stopWithinSeconds: number;
  readonly onLog: (line: string) => void;
}

export interface SupervisedProcess {
  /** Of the server, not of its shell. */
  readonly pid: number;
  readonly shellPid: number;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<{ readonly code: number | null }>;
  readonly hasExited: () => boolean;
  readonly lastLines: () => readonly string[];
  stop(): Promise<void>;
}

/**
 * Runs a server under a small shell that holds a pipe to this process and stops the server when the pipe closes, so
 * that kill -9 of this process leaves no orphan. A session of its own: Ctrl-C on the terminal reaches only us.
 */
export async function supervise(command: SupervisedCommand): Promise<SupervisedProcess> {
  const shell = spawnShell(command);
  const log = lastLines(40);
  const exited = endOf(shell);
  let ended = false;
  void exited.then(() => (ended = true));
  const pid = await followOutput(shell, exited, (line) => {
    log.add(line);
    command.onLog(line);
  });
  return {
    pid,
    shellPid: shell.pid ?? 0,
    exited,
    hasExited: () => ended,
    lastLines: log.lines,
    async stop() {
      shell.stdin?.end();
      await exited;
    },
  };
}

function spawnShell({
  command,
  workFolder,
  user,
  environment,
  stopSignal,
  stopWithinSeconds,
}: SupervisedCommand): ChildProcess {
  const shell = spawn(
    '/bin/sh',
    ['-c', SUPERVISOR, 'supervisor', stopSignal, String(stopWithinSeconds), workFolder, ...command],
    {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
      ...(user ?? {}),
    },
  );
  // The shell may be gone before we close the pipe: that is what `exited` says.
  shell.stdin.on('error', () => undefined);
  return shell;
}

function endOf(shell: ChildProcess): Promise<{ code: number | null }> {
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', (code) => {
      resolve({ code });
    });
  });
}

/** The first line on stdout is the server's pid; all others are log. */
function followOutput(shell: ChildProcess, exited: Promise<unknown>, onLine: (line: string) => void): Promise<number> {
  const [stdout, stderr] = [shell.stdout, shell.stderr];
  if (stdout === null || stderr === null) throw new TypeError('the shell was spawned without pipes');
  createInterface({ input: stderr }).on('line', onLine);
  const lines = createInterface({ input: stdout });
  return new Promise((resolve, reject) => {
    void exited.then(() => {
      resolve(0);
    }, reject);
    lines.once('line', (first) => {
      resolve(Number(first));
      lines.on('line', onLine);
    });
  });
}
