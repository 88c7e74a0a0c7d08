import { WaybillClient } from '../api/waybill-client.ts';
import { fieldsOption, ledgerOption, textOption, urlOption } from '../cli/options.ts';
import type { ParsedArguments, RunSubcommand } from '../cli/subcommand.ts';

/** `waybill lineage REPORT FIGURE`: the events that a figure comes of, over HTTP, as the auditor sees them. */
export const runLineage: RunSubcommand = async (args, { config, out }) => {
  const asked = questionOf(args);
  const client = new WaybillClient({ url: urlOption(args, config) });
  const path = `/v1/ledgers/${ledgerOption(args)}/lineage`;
  const isJson = args.values['json'] === true;
  for (;;) {
    const page = (await client.get('auditor', `${path}?${asked.toString()}`)) as LineagePage;
    for (const item of page.items) out.write(`${isJson ? JSON.stringify(item) : lineOf(item)}\n`);
    if (page.nextCursor === null) {
      if (!isJson) out.write(`${page.report} ${page.figure} ${page.total}, as of position ${page.asOfPosition}\n`);
      return 0;
    }
    asked.set('cursor', page.nextCursor);
  }
};

interface LineagePage {
  readonly report: string;
  readonly figure: string;
  readonly total: number | string;
  readonly asOfPosition: number;
  readonly items: readonly LineageItem[];
  readonly nextCursor: string | null;
}

interface LineageItem {
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly effectiveAt: string;
  readonly amount: number | string;
}

function questionOf(args: ParsedArguments): URLSearchParams {
  const [report = '', figure = ''] = args.positionals;
  const asked = new URLSearchParams({ report, figure, limit: '500' });
  for (const [field, value] of fieldsOption(args, 'by')) asked.set(field, value);
  for (const [option, parameter] of [['as-of', 'asOf'] as const, ['valid-at', 'validAt'] as const]) {
    const text = textOption(args, option);
    if (text !== null) asked.set(parameter, text);
  }
  return asked;
}

function lineOf({ position, effectiveAt, amount, type, stream }: LineageItem): string {
  return `${String(position).padStart(8)}  ${effectiveAt}  ${String(amount).padStart(16)}  ${type.padEnd(26)}  ${stream}`;
}
