import { migrate, type MigrationStep } from '#libs/event-store';
import { ownerUrl } from '../cli/database.ts';
import type { RunSubcommand } from '../cli/subcommand.ts';

/** `waybill migrate`: every schema to its newest version; several at once wait for each other. */
export const runMigrate: RunSubcommand = async (_args, { config, out }) => {
  await migrate(ownerUrl(config), { onProgress: (step) => out.write(`${stepLine(step)}\n`) });
  return 0;
};

function stepLine({ part, applied }: MigrationStep): string {
  return `${part}: ${applied.length === 0 ? 'up to date' : applied.join(', ')}`;
}
