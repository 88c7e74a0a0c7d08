import type { WaybillConfig } from '../config.ts';

/** Something that `waybill` can do, and what its help says of it. */
export interface Subcommand {
  readonly summary: string;
  readonly usage: string;
  readonly positionals: readonly string[];
  readonly options: OptionTable;
  /** One line an option, in the order shown. */
  readonly optionHelp: Readonly<Record<string, string>>;
  load(): Promise<RunSubcommand>;
}

export type OptionTable = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

export interface ParsedArguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** A subcommand's work, loaded only when it is asked for. */
export type RunSubcommand = (args: ParsedArguments, context: CliContext) => Promise<ExitCode>;

/** Where a command line writes. */
export interface Terminal {
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Where a subcommand runs: what the environment says and where it writes. */
export interface CliContext extends Terminal {
  readonly config: WaybillConfig;
}

/** 0 fine, 1 a finding, 2 used wrongly or in a place where it cannot work. */
export type ExitCode = 0 | 1 | 2;
