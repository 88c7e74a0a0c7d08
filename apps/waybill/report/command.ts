import type { RawAnswer } from '../api/answer.ts';
import { WaybillClient } from '../api/waybill-client.ts';
import { fieldsOption, ledgerOption, textOption, urlOption } from '../cli/options.ts';
import { withOutput } from '../cli/output.ts';
import type { ParsedArguments, RunSubcommand, Terminal } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import { reportNamed, reportsOf, type Report, type ReportsDocument } from './catalogue.ts';
import { FORMATS, joinedCsv, joinedJson, type Format } from './joined-pages.ts';
import { allPages } from './pages.ts';
import { parquetPages } from './parquet-pages.ts';
import { tableOf } from './table.ts';

/** `waybill report NAME`: a report of the API over HTTP, all of its pages, as the auditor sees it; a table for people, or the API's bytes. */
export const runReport: RunSubcommand = async (args, { config, out, err }) => {
  const ledger = ledgerOption(args);
  const format = formatOption(args, out);
  const client = new WaybillClient({ url: urlOption(args, config) });
  const reports = reportsOf((await client.open('/openapi.json')) as ReportsDocument);
  const report = reportNamed(reports, args.positionals[0] ?? '');
  const path = `/v1/ledgers/${ledger}/${report.name}?${questionOf(args, report).toString()}`;
  const told = await tellingOf(client, report, path, format);
  await withOutput(args, { out, err }, (write) => write(told));
  return 0;
};

async function tellingOf(
  client: WaybillClient,
  { name, fields }: Report,
  path: string,
  format: Format | null,
): Promise<Uint8Array | string> {
  if (format === 'parquet') return parquetPages(client, path, fields);
  const pages = await allPages(client, path, FORMATS[format ?? 'json']);
  if (format === 'csv') return joinedCsv(pages);
  if (format === 'json') return jsonOf(pages);
  return tableOf(
    name,
    fields.map(([field]) => field),
    joinedJson(pages),
  );
}

function jsonOf(pages: readonly RawAnswer[]): Uint8Array | string {
  const [first, ...further] = pages;
  return first !== undefined && further.length === 0 ? first.bytes : JSON.stringify(joinedJson(pages));
}

function formatOption(args: ParsedArguments, out: Terminal['out']): Format | null {
  const isJson = args.values['json'] === true;
  const text = textOption(args, 'format') ?? (isJson ? 'json' : null);
  if (text === null) return null;
  if (!Object.hasOwn(FORMATS, text) || (isJson && text !== 'json'))
    throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}, and --json is json`);
  if (text === 'parquet' && out.isTTY === true && textOption(args, 'output') === null)
    throw new UsageError('Parquet is nothing to look at: say --output FILE');
  return text as Format;
}

function questionOf(args: ParsedArguments, { name, parameters }: Report): URLSearchParams {
  const given = [['as-of', 'asOf'] as const, ['valid-at', 'validAt'] as const].flatMap(([option, parameter]) => {
    const text = textOption(args, option);
    return text === null ? [] : [[parameter, text] as const];
  });
  const asked = new URLSearchParams();
  for (const [parameter, value] of [...fieldsOption(args, 'by'), ...given]) {
    if (!parameters.includes(parameter))
      throw new UsageError(`${name} cannot be asked by ${parameter}; it can by ${parameters.join(', ')}`);
    asked.set(parameter, value);
  }
  return asked;
}
