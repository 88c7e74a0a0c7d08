import { compareCopies, copyOfDatabase, type Comparison, type LedgerCopy } from '#libs/backup';
import { auditorUrl } from '../cli/database.ts';
import { textOption } from '../cli/options.ts';
import type { CliContext, ExitCode } from '../cli/subcommand.ts';
import { copying } from './copying.ts';
import { checkedFile, fileArgument, withDatabase } from './place.ts';

/** `waybill verify-copy`: 0 when both hold the same ledger, 1 with the first difference when they do not. */
export const runVerifyCopy = copying(async (args, { config, out, progress }) => {
  const file = await checkedFile(fileArgument(args), progress);
  const other = textOption(args, 'with');
  const asJson = args.values['json'] === true;
  if (other !== null) return said(await compared(file, await checkedFile(other, progress)), asJson, { out });
  const name = textOption(args, 'ledger') ?? file.ledger.ledger;
  return withDatabase(await auditorUrl(config), async (client) => {
    const copy = await copyOfDatabase(client, name, { withNames: false, upTo: file.ledger.head });
    return said(await compared(file, copy), asJson, { out });
  });

  function compared(first: LedgerCopy, second: LedgerCopy): Promise<Comparison> {
    progress.begin('comparing', 'records', file.events + file.commands);
    return compareCopies(first, second, (records) => progress.add(records)).finally(() => progress.stop());
  }
});

function said(found: Comparison, asJson: boolean, { out }: Pick<CliContext, 'out'>): ExitCode {
  const { events, commands, difference } = found;
  const counted = `${events} events and ${commands} commands are equal`;
  const text = difference === null ? counted : `FAIL: ${difference}; before it ${counted}`;
  out.write(`${asJson ? JSON.stringify(found) : text}\n`);
  return difference === null ? 0 : 1;
}
