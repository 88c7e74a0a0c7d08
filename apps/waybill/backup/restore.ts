import { restoreExport } from '#libs/backup';
import { isId } from '#libs/kernel';
import { ownerUrl } from '../cli/database.ts';
import { textOption } from '../cli/options.ts';
import { UsageError } from '../cli/usage-error.ts';
import { copying } from './copying.ts';
import { checkedFile, fileArgument, reasonOption, withDatabase } from './place.ts';

/** `waybill restore`: 0 when the ledger is there, 1 when the file is refused, 2 when it cannot be taken here. */
export const runRestore = copying(async (args, { config, out, progress }) => {
  const url = ownerUrl(config);
  const reason = reasonOption(args);
  const file = fileArgument(args);
  const contents = await checkedFile(file, progress);
  const { actors, events, commands, sha256 } = contents;
  const ledger = textOption(args, 'as') ?? contents.ledger.ledger;
  if (!isId(ledger)) throw new UsageError('--as must be a name for a ledger, such as redirected-h100s-copy');
  await withDatabase(url, async (client) => {
    progress.begin(`restoring ${ledger}`, 'records', actors + events + commands);
    await restoreExport(client, { file, ledger, ...reason }, contents, (records) => progress.add(records));
  });
  progress.stop();
  const counts = { ledger, events, commands, actors, sha256 };
  out.write(
    args.values['json'] === true
      ? `${JSON.stringify(counts)}\n`
      : `${ledger}: ${events} events, ${commands} commands, ${actors} names restored\n`,
  );
  return 0;
});
