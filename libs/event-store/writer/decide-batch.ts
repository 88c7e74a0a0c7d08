import type { DomainEvent } from '#libs/kernel';
import type { Book } from './book.ts';
import { decideCommand, type Decision } from './decide-command.ts';
import type { Entry } from './entry.ts';
import type { WritingLimits, WritingRules } from './rules.ts';

/** Commands decided one after another, each on the book as the earlier ones leave it. */
export interface DecidedBatch<State, Command> {
  readonly decided: readonly { readonly entry: Entry<State, Command>; readonly decision: Decision<State> }[];
  /** Commands that could not be decided, alone with their error. */
  readonly failed: readonly { readonly entry: Entry<State, Command>; readonly error: unknown }[];
  /** Left for the next batch, as the bodies of this one fill it. */
  readonly left: readonly Entry<State, Command>[];
  readonly book: Book<State>;
}

export function decideBatch<State, Command, Event extends DomainEvent>(
  rules: WritingRules<State, Command, Event>,
  limits: Pick<WritingLimits, 'batchCharacters'>,
  start: Book<State>,
  entries: readonly Entry<State, Command>[],
): DecidedBatch<State, Command> {
  const decided: { entry: Entry<State, Command>; decision: Decision<State> }[] = [];
  const failed: { entry: Entry<State, Command>; error: unknown }[] = [];
  let book = start;
  let characters = 0;
  for (const [index, entry] of entries.entries()) {
    try {
      const decision = decideCommand(rules, book, entry.submission);
      characters += decision.events.reduce((sum, { body }) => sum + body.length, 0);
      if (characters > limits.batchCharacters && decided.length > 0) {
        return { decided, failed, left: entries.slice(index), book };
      }
      book = decision.book;
      decided.push({ entry, decision });
    } catch (error) {
      failed.push({ entry, error });
    }
  }
  return { decided, failed, left: [], book };
}
