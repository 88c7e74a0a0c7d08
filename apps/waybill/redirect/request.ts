import { isId, parseDay, type Day, type Id } from '#libs/kernel';
import { textOption } from '../cli/options.ts';
import type { ParsedArguments } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import { legsIn, type RequestedLeg } from './legs.ts';

/** A redirection as the command line asks for it. */
export interface RedirectionRequest {
  readonly actor: string;
  readonly isDryRun: boolean;
  readonly body: {
    readonly redirectionId: Id;
    readonly reason: string;
    readonly legs: readonly RequestedLeg[];
    readonly effectiveAt?: Day;
  };
}

/** A dry run needs no id and no reason: neither is kept. Throws {@link UsageError}. */
export function askedFor(args: ParsedArguments): RedirectionRequest {
  const isDryRun = args.values['dry-run'] === true;
  const given = (name: string, instead: string | null, what: string) => {
    const text = textOption(args, name) ?? instead;
    if (text === null) throw new UsageError(`say --${name}, ${what}`);
    return text;
  };
  const legs = legsIn(given('legs', null, 'such as SH-1:X:XDC or PO-X1/J:TESLA:WH1, divided by commas'));
  const actor = given('as', null, 'who proposes it, such as tesla-logistics');
  const redirectionId = given('id', isDryRun ? 'dry-run' : null, 'the id that the redirection is to have');
  const reason = given('reason', isDryRun ? 'dry run' : null, 'why, which the ledger keeps');
  if (!isId(redirectionId)) throw new UsageError(`--id must be an id, not ${JSON.stringify(redirectionId)}`);
  const on = textOption(args, 'on');
  const day = on === null ? null : parseDay(on);
  if (on !== null && day === null) throw new UsageError(`--on must be a day, not ${JSON.stringify(on)}`);
  return { actor, isDryRun, body: { redirectionId, reason, legs, ...(day === null ? {} : { effectiveAt: day }) } };
}
