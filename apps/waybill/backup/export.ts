import type pg from 'pg';
import { AccessLog, ActorBook } from '#libs/access';
import { copyOfDatabase, countCommands, writeExport, type WrittenExport } from '#libs/backup';
import { auditorUrl } from '../cli/database.ts';
import { ledgerOption, textOption } from '../cli/options.ts';
import { UsageError } from '../cli/usage-error.ts';
import { copying } from './copying.ts';
import { withDatabase } from './place.ts';

/** `waybill export`: 0 when the file is there, whole and read back. */
export const runExport = copying(async (args, { config, out, err, progress }) => {
  const ledger = ledgerOption(args);
  const file = textOption(args, 'to');
  if (file === null) throw new UsageError('--to must name the file, such as redirected-h100s.ndjson.gz');
  const withNames = args.values['with-names'] === true;
  const contents = await withDatabase(await auditorUrl(config), async (client) => {
    const copy = await copyOfDatabase(client, ledger, { withNames });
    const { head } = copy.ledger;
    await recordRead(client, { ledger, who: textOption(args, 'who'), head });
    progress.begin(`exporting ${ledger}`, 'records', head + (await countCommands(client, ledger, head)));
    return writeExport(copy, file, (records) => progress.add(records));
  });
  progress.stop();
  out.write(`${args.values['json'] === true ? asJson(file, contents) : written(file, contents)}\n`);
  if (!withNames) err.write(`${NAMELESS}\n`);
  return 0;
});

const NAMELESS =
  'without names: where it is restored, nobody is known as one of its actors (--with-names says who they are)';

/** Whoever exports reads every company: that is recorded before anything is shown, under `--who` or the database's user. */
async function recordRead(
  client: pg.Client,
  { ledger, who, head }: { readonly ledger: string; readonly who: string | null; readonly head: number },
): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select session_user as name');
  const actor = await new ActorBook(client).pseudonymOf(who ?? `database user ${rows[0]?.name}`);
  await new AccessLog(client).record({ ledger, actor, route: 'waybill export', asOfPosition: head });
}

function written(file: string, { ledger, events, commands, actors, sha256, resumedAfter }: WrittenExport): string {
  return [
    `${ledger.ledger}: ${events} events, ${commands} commands, ${actors} names in ${file}`,
    `SHA-256 ${sha256}`,
    ...(resumedAfter === 0 ? [] : [`went on after ${resumedAfter} records that an interrupted export had left`]),
  ].join('\n');
}

function asJson(file: string, { ledger: { ledger, head }, ...rest }: WrittenExport): string {
  const { events, commands, actors, sha256, resumedAfter } = rest;
  return JSON.stringify({ file, ledger, head, events, commands, actors, sha256, resumedAfter });
}
