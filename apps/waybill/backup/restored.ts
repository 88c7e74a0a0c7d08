import { renewIncarnation } from '#libs/backup';
import { ownerUrl } from '../cli/database.ts';
import type { RunSubcommand } from '../cli/subcommand.ts';
import { reasonOption, withDatabase } from './place.ts';

/** `waybill restored`: the database was brought back to an earlier point; from here on it is another store. */
export const runRestored: RunSubcommand = async (args, { config, out }) => {
  const reason = reasonOption(args);
  const incarnation = await withDatabase(ownerUrl(config), (client) => renewIncarnation(client, reason));
  out.write(
    args.values['json'] === true
      ? `${JSON.stringify({ incarnation })}\n`
      : `this store is ${incarnation} from here on; start the services, then publish its ledgers anew: waybill topic refill --all --who NAME --why TEXT\n`,
  );
  return 0;
};
