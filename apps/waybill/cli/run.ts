import { parseArgs } from 'node:util';
import { ConfigInvalid } from '#libs/config';
import { readConfig } from '../config.ts';
import { helpOf, overview } from './help.ts';
import type { ExitCode, OptionTable, ParsedArguments, Terminal } from './subcommand.ts';
import { subcommands } from './subcommands.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/**
 * Runs one command line and returns its exit code; what is wrong with the usage or the environment (the process's own
 * unless given) is said on `err`.
 */
export async function runCli(
  argv: readonly string[],
  terminal: Terminal,
  environment?: Parameters<typeof readConfig>[0],
): Promise<ExitCode> {
  try {
    return await dispatch(argv, terminal, environment);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigInvalid)) throw error;
    terminal.err.write(`waybill: ${error.message}\n`);
    return 2;
  }
}

async function dispatch(
  [name, ...rest]: readonly string[],
  terminal: Terminal,
  environment?: Parameters<typeof readConfig>[0],
): Promise<ExitCode> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return say(overview(), terminal);
  if (name === '--version' || name === '-v') return say(version(), terminal);
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (subcommand === undefined) throw new UsageError(`there is no "${name}"; "waybill --help" lists what there is`);
  const { values, positionals } = parsed(rest, subcommand.options, name);
  if (values['help'] === true) return say(helpOf(name, subcommand), terminal);
  if (positionals.length !== subcommand.positionals.length) throw new UsageError(`usage: ${subcommand.usage}`);
  const run = await subcommand.load();
  return run({ values, positionals }, { ...terminal, config: readConfig(environment) });
}

function parsed(args: readonly string[], options: OptionTable, name: string): ParsedArguments {
  try {
    const help = { help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args: [...args], options: { ...options, ...help }, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (!String(code).startsWith('ERR_PARSE_ARGS_')) throw error;
    throw new UsageError(`${message}; see "waybill ${name} --help"`);
  }
}

function say(text: string, { out }: Terminal): ExitCode {
  out.write(`${text}\n`);
  return 0;
}
