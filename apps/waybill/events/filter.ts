import { textOption } from '../cli/options.ts';
import type { ParsedArguments } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';

const OF_ALL = { type: 'type', stream: 'stream', actor: 'actor', 'correlation-id': 'correlationId' } as const;
const OF_EXPORT = { 'recorded-from': 'recordedFrom', 'recorded-until': 'recordedUntil' } as const;

/** What is looked for while events are followed. */
export function tailFilter(args: ParsedArguments): URLSearchParams {
  for (const option of [...Object.keys(OF_EXPORT), 'output'])
    if (textOption(args, option) !== null) throw new UsageError(`"waybill events tail" takes no --${option}`);
  return asked(args, OF_ALL);
}

/** What is looked for in all that there is. */
export function exportFilter(args: ParsedArguments): URLSearchParams {
  return asked(args, { ...OF_ALL, ...OF_EXPORT });
}

function asked(args: ParsedArguments, parameters: Readonly<Record<string, string>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [option, parameter] of Object.entries(parameters)) {
    const text = textOption(args, option);
    if (text !== null) query.set(parameter, text);
  }
  return query;
}
