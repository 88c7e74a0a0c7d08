import { isId } from '#libs/kernel';
import { WaybillClient } from '../api/waybill-client.ts';
import { fieldsOption, ledgerOption, textOption, urlOption } from '../cli/options.ts';
import type { ParsedArguments, RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';

/** `waybill difference`: what differs between two moments, or between a ledger and a branch of it, over HTTP, as the auditor sees it. */
export const runDifference: RunSubcommand = async (args, { config, out }) => {
  const asked = questionOf(args);
  const client = new WaybillClient({ url: urlOption(args, config) });
  const path = `/v1/ledgers/${ledgerOption(args)}${branchIn(args)}/differences`;
  const isJson = args.values['json'] === true;
  for (;;) {
    const page = (await client.get('auditor', `${path}?${asked.toString()}`)) as DifferencePage;
    const summaries = asked.has('cursor') ? [] : page.summaries;
    for (const each of summaries) out.write(isJson ? `${JSON.stringify(each)}\n` : paragraphOf(each));
    for (const item of page.items) out.write(`${isJson ? JSON.stringify(item) : lineOf(item)}\n`);
    if (page.nextCursor === null) {
      if (!isJson)
        out.write(
          `from position ${page.fromPosition} to ${page.asOfPosition}${branchIn(args) === '' ? '' : ' of the branch'}\n`,
        );
      return 0;
    }
    asked.set('cursor', page.nextCursor);
  }
};

interface DifferencePage {
  readonly fromPosition: number;
  readonly asOfPosition: number;
  readonly summaries: readonly Summary[];
  readonly items: readonly DifferenceItem[];
  readonly nextCursor: string | null;
}

interface Summary {
  readonly companyId: string;
  readonly words: readonly string[];
  readonly furtherCount: number;
}

type Figure = number | string | null;

interface DifferenceItem {
  readonly report: string;
  readonly words: string;
  readonly events: readonly { readonly position: number; readonly amount: Figure }[];
  readonly otherAmount: Figure;
  readonly hasMoreEvents: boolean;
}

function questionOf(args: ParsedArguments): URLSearchParams {
  if (textOption(args, 'from') === null && textOption(args, 'branch') === null)
    throw new UsageError('say --from, a position or an instant, or --branch');
  const asked = new URLSearchParams({ limit: '500' });
  for (const [field, value] of fieldsOption(args, 'by')) asked.set(field, value);
  for (const [option, parameter] of Object.entries(MOMENTS)) {
    const text = textOption(args, option);
    if (text !== null) asked.set(parameter, text);
  }
  return asked;
}

const MOMENTS = { from: 'from', to: 'to', 'valid-at': 'validAt' };

/** The branch that the ledger is compared with. Throws UsageError. */
function branchIn(args: ParsedArguments): string {
  const branch = textOption(args, 'branch');
  if (branch === null) return '';
  if (isId(branch)) return `/branches/${branch}`;
  throw new UsageError('--branch takes the id of a branch');
}

function paragraphOf({ companyId, words, furtherCount }: Summary): string {
  const further = furtherCount > 0 ? [`and ${furtherCount} more`] : [];
  return `${companyId}\n${[...words, ...further].map((each) => `  ${each}\n`).join('')}\n`;
}

/** What differs, and which events made it: `#34 12000`. */
function lineOf({ report, words, events, otherAmount, hasMoreEvents }: DifferenceItem): string {
  const by = events.map(({ position, amount }) => `#${position}${amount === null ? '' : ` ${amount}`}`);
  const other = otherAmount === null || Number(otherAmount) === 0 ? [] : [`others ${otherAmount}`];
  return `${report.padEnd(18)}  ${words}  (${[...by, ...other, ...(hasMoreEvents ? ['…'] : [])].join(', ')})`;
}
