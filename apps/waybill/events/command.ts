import type { RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import { exportEvents } from './export.ts';
import { tailEvents } from './tail.ts';

/** `waybill events tail|export`: a ledger's events over HTTP, as they come or as a file. */
export const runEvents: RunSubcommand = async (args, context) => {
  const [action] = args.positionals;
  if (action === 'tail') return tailEvents(args, context);
  if (action === 'export') return exportEvents(args, context);
  throw new UsageError('say "waybill events tail" or "waybill events export"');
};
