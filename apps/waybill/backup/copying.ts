import { BackupError, ExportChanged, ExportRefused } from '#libs/backup';
import type { RunSubcommand } from '../cli/subcommand.ts';
import { CopyProgress } from './progress.ts';

type CopyingSubcommand = (
  args: Parameters<RunSubcommand>[0],
  context: Parameters<RunSubcommand>[1] & { readonly progress: CopyProgress },
) => ReturnType<RunSubcommand>;

/** `run` with a progress bar; what is refused is said by its code: 1 for the file itself, 2 for what the place does not allow. */
export function copying(run: CopyingSubcommand): RunSubcommand {
  return async (args, context) => {
    const progress = new CopyProgress(context.err);
    try {
      return await run(args, { ...context, progress });
    } catch (error) {
      if (!(error instanceof BackupError)) throw error;
      progress.stop();
      context.err.write(`waybill: ${error.code}: ${error.message}\n`);
      return error instanceof ExportRefused || error instanceof ExportChanged ? 1 : 2;
    } finally {
      progress.stop();
    }
  };
}
