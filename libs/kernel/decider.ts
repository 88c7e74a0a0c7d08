import type { Day } from './day.ts';
import type { CommandMetadata, DecidedEvent, DomainEvent, Said } from './event.ts';

/** What a decision may know beside the state and the command: no clock of its own. */
export interface DecisionContext extends CommandMetadata {
  /** The day on which the ledger learns of the command. */
  readonly today: Day;
}

/**
 * The rules of a book as two pure functions over immutable state.
 * After Jérémie Chassaing's decider (https://thinkbeforecoding.com/post/2021/12/17/functional-event-sourcing-decider).
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initial: State;
  /** The events that `command` makes of `state`; none when there is nothing to do. Throws {@link DomainError} when a rule is broken. */
  decide(command: Command, state: State, context: DecisionContext): readonly Said<Event>[];
  /** The state after `event`. Trusts history: never throws for what happened, never mutates `state`. */
  evolve(state: State, event: DecidedEvent<Event>): State;
}
