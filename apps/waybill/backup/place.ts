import { stat } from 'node:fs/promises';
import pg from 'pg';
import { outlivingBreaks } from '#libs/event-store';
import { copyOfFile, type FileContents, type LedgerCopy } from '#libs/backup';
import { textOption } from '../cli/options.ts';
import type { ParsedArguments } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import type { CopyProgress } from './progress.ts';

/** Works on one connection, and ends it. */
export async function withDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = outlivingBreaks(
    new pg.Client({ connectionString: url, application_name: 'waybill-backup', keepAlive: true }),
  );
  try {
    await client.connect();
  } catch (error) {
    const { code = 'no answer' } = error as { readonly code?: string };
    throw new UsageError(`the database does not let us in (${code}); is it running, is DATABASE_URL right?`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The export in `file`, checked from end to end. */
export async function checkedFile(file: string, progress: CopyProgress): Promise<LedgerCopy & FileContents> {
  progress.begin(`checking ${file}`, 'bytes', await sizeOf(file));
  const copy = await copyOfFile(file, (readBytes) => progress.reach(readBytes));
  progress.stop();
  return copy;
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** The file that the command line names. */
export function fileArgument({ positionals }: ParsedArguments): string {
  return positionals[0] ?? '';
}

/** `--who` and `--why`, required. */
export function reasonOption(args: ParsedArguments): { readonly who: string; readonly why: string } {
  const [who = '', why = ''] = ['who', 'why'].map((name) => textOption(args, name)?.trim());
  if (who === '' || why === '') throw new UsageError('say --who and --why: both are kept on record');
  return { who, why };
}
