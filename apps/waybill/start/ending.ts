import type { ExitCode } from '../cli/subcommand.ts';

/** Why `waybill start` ends. */
export interface Ending {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** For what somebody else keeps running. */
export function never(): Promise<Ending> {
  return new Promise(() => undefined);
}
