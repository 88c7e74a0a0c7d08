import { setTimeout as sleep } from 'node:timers/promises';
import { WaybillClient } from '../api/waybill-client.ts';
import { integerOption, ledgerOption, urlOption } from '../cli/options.ts';
import type { RunSubcommand } from '../cli/subcommand.ts';

/** `waybill events`: a ledger's events over HTTP from a position on; with `--follow` until interrupted. */
export const runEvents: RunSubcommand = async (args, { config, out }) => {
  const client = new WaybillClient({ url: urlOption(args, config) });
  const ledger = ledgerOption(args);
  const line = args.values['json'] === true ? (event: LedgerEventItem) => JSON.stringify(event) : eventLine;
  const follow = args.values['follow'] === true;
  for (let after = integerOption(args, 'after', 0) ?? 0; ;) {
    const page = (await client.get('auditor', `/v1/ledgers/${ledger}/events?after=${after}&limit=500`)) as EventPage;
    for (const event of page.items) out.write(`${line(event)}\n`);
    after = page.items.at(-1)?.position ?? after;
    if (page.hasMore) continue;
    if (!follow) return 0;
    await sleep(FOLLOW_INTERVAL_MS);
  }
};

const FOLLOW_INTERVAL_MS = 500;

interface EventPage {
  readonly items: readonly LedgerEventItem[];
  readonly hasMore: boolean;
}

/** What is shown of a CloudEvent of the ledger. */
interface LedgerEventItem {
  readonly position: number;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly effectiveat: string;
}

function eventLine({ position, time, effectiveat, type, subject }: LedgerEventItem): string {
  return `${String(position).padStart(8)}  ${time}  ${effectiveat}  ${type.padEnd(26)}  ${subject}`;
}
