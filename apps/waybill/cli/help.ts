import type { Subcommand } from './subcommand.ts';
import { subcommands } from './subcommands.ts';

/** What `waybill --help` prints. */
export function overview(): string {
  const names = Object.keys(subcommands);
  const width = Math.max(...names.map((name) => name.length));
  return [
    'Waybill keeps the books of scarce GPU supply: who ordered, who got, who owes whom, and what was known when.',
    '',
    'Usage: waybill COMMAND [OPTIONS]',
    '',
    ...names.map((name) => `  ${name.padEnd(width)}  ${subcommands[name]?.summary}`),
    '',
    '  --help, --version; "waybill COMMAND --help" says more.',
    '',
    'Exit codes: 0 fine, 1 a finding, 2 used wrongly or nothing there to work with.',
  ].join('\n');
}

/** What `waybill NAME --help` prints. */
export function helpOf(name: string, subcommand: Subcommand): string {
  const lines = Object.entries(subcommand.optionHelp);
  const width = Math.max(0, ...lines.map(([option]) => option.length));
  return [
    `waybill ${name}: ${subcommand.summary}`,
    '',
    `Usage: ${subcommand.usage}`,
    ...(lines.length === 0 ? [] : ['', ...lines.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`)]),
  ].join('\n');
}
