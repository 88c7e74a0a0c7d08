import {
  dayOfInstant,
  DomainError,
  startOfDayMs,
  type CommandMetadata,
  type DecidedEvent,
  withMetadata,
  type DomainEvent,
  type Said,
} from '#libs/kernel';
import { RecordedOnRefused } from '../errors.ts';
import type { CommandAnswer, CommandPreview, ExpectedVersion, Submission } from '../types.ts';
import { turned, type Book } from './book.ts';
import type { WritingRules } from './rules.ts';

/** One command decided, not yet in the ledger. */
export interface Decision<State> {
  readonly answer: CommandAnswer;
  readonly events: readonly EventToAppend[];
  readonly decidedOn: number;
  readonly recordedAtMs: number;
  /** The book as the next command of the batch finds it. */
  readonly book: Book<State>;
}

/** As ledger.append reads it; `recordedAtMs` counts on a simulated clock only. */
export interface EventToAppend {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly effectiveAt: string;
  readonly recordedAtMs: number;
  readonly body: string;
}

/** Decides one command on `book`. Throws only what no client can help: rules broken are an answer. */
export function decideCommand<State, Command, Event extends DomainEvent>(
  rules: WritingRules<State, Command, Event>,
  book: Book<State>,
  submission: Submission<State, Command>,
): Decision<State> {
  const recordedAtMs = recordedAtMsOf(rules, book, submission);
  const today = dayOfInstant(book.clock === 'system' ? rules.clock.todayMs() : recordedAtMs);
  const decided = askDecider(rules, book, submission, today);
  return decided instanceof DomainError
    ? { answer: rejection(decided), events: [], decidedOn: book.head, recordedAtMs, book }
    : accepted(rules, book, decided.events, decided.metadata, recordedAtMs);
}

/** What a simulated clock will show; the database reads its own clock on a ledger of real time. */
function recordedAtMsOf<State, Command, Event extends DomainEvent>(
  rules: WritingRules<State, Command, Event>,
  book: Book<State>,
  { recordedOn, effectiveAt }: Submission<State, Command>,
): number {
  if (book.clock === 'system') {
    if (recordedOn !== null) throw new RecordedOnRefused();
    return book.recordedAtMs;
  }
  const day = recordedOn ?? effectiveAt;
  if (day !== null) return Math.max(book.recordedAtMs, startOfDayMs(day));
  return book.head > 0 ? book.recordedAtMs : startOfDayMs(dayOfInstant(rules.clock.todayMs()));
}

function askDecider<State, Command, Event extends DomainEvent>(
  { decider }: WritingRules<State, Command, Event>,
  book: Book<State>,
  submission: Submission<State, Command>,
  today: string,
): { events: readonly Said<Event>[]; metadata: CommandMetadata } | DomainError {
  try {
    const { commandId, actor, correlationId, causationId, reason, evidence } = submission;
    const actingFor = submission.scope(book.state);
    const effectiveAt = submission.effectiveAt ?? today;
    const metadata = { commandId, actor, actingFor, correlationId, causationId, effectiveAt, reason, evidence };
    const events = decider.decide(submission.command, book.state, { ...metadata, today });
    checkVersion(book, submission.expected);
    return { events, metadata };
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** What the command would do on `book`, which stays as it is. Throws only what no client can help. */
export function previewCommand<State, Command, Event extends DomainEvent>(
  rules: WritingRules<State, Command, Event>,
  book: Book<State>,
  submission: Submission<State, Command>,
): CommandPreview {
  const recordedAtMs = recordedAtMsOf(rules, book, submission);
  const today = dayOfInstant(book.clock === 'system' ? rules.clock.todayMs() : recordedAtMs);
  const decided = askDecider(rules, book, submission, today);
  if (decided instanceof DomainError) return { outcome: 'rejected', code: decided.code, fields: decided.fields };
  return { outcome: 'accepted', position: book.head, events: decided.events };
}

function checkVersion<State>({ head, versions }: Book<State>, expected: ExpectedVersion | undefined): void {
  if (expected === undefined) return;
  const { stream, version: expectedVersion } = expected;
  const version = versions.at(head, stream);
  if (version !== expectedVersion) throw new DomainError('VERSION_STALE', { stream, expectedVersion, version });
}

function rejection({ code, fields }: DomainError): CommandAnswer {
  return { outcome: 'rejected', code, fields };
}

function accepted<State, Command, Event extends DomainEvent>(
  rules: WritingRules<State, Command, Event>,
  book: Book<State>,
  events: readonly Said<Event>[],
  metadata: CommandMetadata,
  recordedAtMs: number,
): Decision<State> {
  let after = book;
  const toAppend: EventToAppend[] = [];
  for (const event of events) {
    const { stream, type } = event;
    const said = withMetadata(event, metadata);
    const version = after.versions.at(after.head, stream) + 1;
    const schemaVersion = rules.schemaVersionOf?.(type) ?? 1;
    const decided: DecidedEvent<Event> = { ...said, position: after.head + 1, version, schemaVersion };
    after = turned(after, decided, recordedAtMs, rules.decider);
    const body = wellFormed(rules.codec.encode(decided));
    toAppend.push({ stream, version, type, effectiveAt: said.effectiveAt, recordedAtMs, body });
  }
  const named = toAppend.map(({ type, stream, version }, index) => ({
    position: book.head + 1 + index,
    type,
    stream,
    version,
  }));
  const answer: CommandAnswer = {
    outcome: 'accepted',
    position: after.head,
    version: named[0]?.version ?? 0,
    events: named,
  };
  return { answer, events: toAppend, decidedOn: book.head, recordedAtMs, book: after };
}

/** Most texts hold none, which this finds at once; the other looks at every character. */
const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Half a character has no UTF-8: it would be stored as another than was decided, without a word. */
function wellFormed(text: string): string {
  if (SURROGATE.test(text) && LONE_SURROGATE.test(text)) throw new TypeError('a lone surrogate has no UTF-8');
  return text;
}
