import { CommandFailed, CommandIdReused, EventStoreError } from '../errors.ts';
import type { CommandAnswer } from '../types.ts';
import type { KnownCommand } from './append-statement.ts';
import { requestHash } from '../request-hash.ts';
import { entryKey, type Entry } from './entry.ts';

/** Gives those that were decided before their answer of that time, and returns the others. */
export function settleKnown<State, Command>(
  entries: readonly Entry<State, Command>[],
  known: readonly KnownCommand[],
): readonly Entry<State, Command>[] {
  if (known.length === 0) return entries;
  const byKey = new Map(known.map((each) => [entryKey(each.actor, each.commandId), each]));
  return entries.filter((entry) => {
    const before = byKey.get(entry.key);
    if (before !== undefined) answerKnown(entry, before);
    return before === undefined;
  });
}

/** Tells the caller why there is no answer. */
export function refuse(entry: Entry<never, unknown>, error: unknown): void {
  entry.reject(error instanceof EventStoreError ? error : new CommandFailed(entry.submission.commandId, error));
}

function answerKnown(entry: Entry<never, unknown>, { requestHash: hash, answer }: KnownCommand): void {
  if (hash !== requestHash(entry.request)) entry.reject(new CommandIdReused(entry.submission.commandId));
  else entry.resolve({ answer: JSON.parse(answer) as CommandAnswer, replayed: !entry.unsure });
}
