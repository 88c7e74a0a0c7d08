import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import type { ClosingStack } from './closing-stack.ts';

export interface Logs {
  /** JSON lines, `logs/waybill.log`. */
  readonly log: Logger;
  /** Lines of a server, `logs/NAME.log`. */
  lines(name: string): (line: string) => void;
}

/** One file a server and one for Waybill itself, in `logs` of the data folder. */
export async function openLogs(dataFolder: string, closing: ClosingStack): Promise<Logs> {
  const folder = join(dataFolder, 'logs');
  await mkdir(folder, { recursive: true });
  const open = (name: string) => {
    const file = createWriteStream(join(folder, `${name}.log`), { flags: 'a', mode: 0o600 });
    closing.onClose(() => new Promise((closed) => file.end(closed)));
    return file;
  };
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, open('waybill'));
  return {
    log,
    lines: (name) => {
      const file = open(name);
      return (line) => file.write(`${line}\n`);
    },
  };
}
