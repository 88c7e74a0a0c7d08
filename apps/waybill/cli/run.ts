import { parseArgs } from 'node:util';
import { ConfigInvalid } from '../config.ts';
import { helpOf, overview } from './help.ts';
import type { CliContext, ExitCode, OptionTable, ParsedArguments } from './subcommand.ts';
import { subcommands } from './subcommands.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** Runs one command line and returns its exit code; what is wrong with the usage is said on `err`. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigInvalid)) throw error;
    context.err.write(`waybill: ${error.message}\n`);
    return 2;
  }
}

async function dispatch(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return say(overview(), context);
  if (name === '--version' || name === '-v') return say(version(), context);
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (subcommand === undefined) throw new UsageError(`there is no "${name}"; "waybill --help" lists what there is`);
  const { values, positionals } = parsed(rest, subcommand.options, name);
  if (values['help'] === true) return say(helpOf(name, subcommand), context);
  if (positionals.length !== subcommand.positionals.length) throw new UsageError(`usage: ${subcommand.usage}`);
  const run = await subcommand.load();
  return run({ values, positionals }, context);
}

function parsed(args: readonly string[], options: OptionTable, name: string): ParsedArguments {
  try {
    const help = { help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args: [...args], options: { ...options, ...help }, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}; see "waybill ${name} --help"`);
  }
}

function say(text: string, { out }: CliContext): ExitCode {
  out.write(`${text}\n`);
  return 0;
}
