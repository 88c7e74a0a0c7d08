import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { textOption } from './options.ts';
import type { ParsedArguments, Terminal } from './subcommand.ts';
import { UsageError } from './usage-error.ts';

/** Takes what a command says, piece by piece. */
export type Write = (piece: Uint8Array | string) => Promise<void>;

/**
 * What `work` writes, in the file of `--output` or else on standard output. The file is there whole or not at all: it is
 * written under another name beside it and takes its own when all of it is on the disk.
 */
export async function withOutput<T>(
  args: ParsedArguments,
  { out }: Terminal,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  const file = textOption(args, 'output');
  return file === null ? work((piece) => written(out, piece)) : intoFile(file, work);
}

async function intoFile<T>(file: string, work: (write: Write) => Promise<T>): Promise<T> {
  const beside = `${file}.${randomUUID()}.part`;
  const handle = await opened(beside, file);
  try {
    const done = await work((piece) => handle.appendFile(piece));
    await handle.sync();
    await handle.close();
    await rename(beside, file);
    return done;
  } catch (error) {
    await handle.close();
    await rm(beside, { force: true });
    throw error;
  }
}

async function opened(beside: string, file: string): Promise<FileHandle> {
  try {
    return await open(beside, 'wx');
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** Waits when the reader of a pipe is slower than the server. */
function written(out: Terminal['out'], piece: Uint8Array | string): Promise<void> {
  return new Promise((done) => (out.write(piece) ? done() : out.once('drain', done)));
}
