import type { RawAnswer } from '../api/answer.ts';
import { WaybillClient } from '../api/waybill-client.ts';
import { CopyProgress } from '../backup/progress.ts';
import { integerOption, ledgerOption, textOption, urlOption } from '../cli/options.ts';
import { withOutput, type Write } from '../cli/output.ts';
import type { RunSubcommand } from '../cli/subcommand.ts';
import { exportFilter } from './filter.ts';

const PAGE_EVENTS = 500;

/** `waybill events export`: the events that there are when it begins, one CloudEvent a line, as the API writes them. */
export const exportEvents: RunSubcommand = async (args, { config, out, err }) => {
  const client = new WaybillClient({ url: urlOption(args, config) });
  const asked = exportFilter(args);
  const ledger = ledgerOption(args);
  const after = integerOption(args, 'after', 0) ?? 0;
  const progress = new CopyProgress(err);
  const pages = { client, path: `/v1/ledgers/${ledger}/events`, asked, after, progress };
  const exported = await withOutput(args, { out, err }, (write) => written(pages, write)).finally(() =>
    progress.stop(),
  );
  const file = textOption(args, 'output');
  if (file === null) return 0;
  const said = args.values['json'] === true ? JSON.stringify({ ledger, file, ...exported }) : sentence(file, exported);
  out.write(`${said}\n`);
  return 0;
};

interface Pages {
  readonly client: WaybillClient;
  readonly path: string;
  readonly asked: URLSearchParams;
  readonly after: number;
  readonly progress: CopyProgress;
}

interface Exported {
  readonly events: number;
  readonly after: number;
  readonly upTo: number;
}

/** The head of the first page bounds the whole: a ledger that grows meanwhile has no end. */
async function written({ client, path, asked, after, progress }: Pages, write: Write): Promise<Exported> {
  let events = 0;
  let upTo = Infinity;
  for (let from = after; from < upTo;) {
    const limit = String(Math.min(PAGE_EVENTS, upTo - from));
    const query = new URLSearchParams([...asked, ['after', String(from)], ['limit', limit]]);
    const page = await client.read('auditor', `${path}?${query.toString()}`, 'application/x-ndjson');
    if (upTo === Infinity) progress.begin('exporting', 'positions', (upTo = figure(page, 'head-position')) - after);
    const lines = linesUpTo(page, upTo);
    await write(lines.map((line) => `${line}\n`).join(''));
    events += lines.length;
    from = page.headers.get('has-more') === 'true' ? figure(page, 'next-after') : upTo;
    progress.reach(Math.min(from, upTo) - after);
  }
  return { events, after, upTo };
}

function linesUpTo(page: RawAnswer, upTo: number): readonly string[] {
  const lines = new TextDecoder()
    .decode(page.bytes)
    .split('\n')
    .filter((line) => line !== '');
  if (figure(page, 'next-after') <= upTo) return lines;
  return lines.filter((line) => (JSON.parse(line) as { readonly position: number }).position <= upTo);
}

function figure({ headers }: RawAnswer, name: string): number {
  return Number(headers.get(name));
}

function sentence(file: string, { events, after, upTo }: Exported): string {
  return `${events} events after position ${after} up to ${upTo} in ${file}`;
}
