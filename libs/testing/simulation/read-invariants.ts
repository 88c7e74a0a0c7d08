import type { TopicMessage } from '#libs/messaging';
import type { ModelLedger } from './model-ledger.ts';
import type { ModelReadTables } from './model-read-tables.ts';
import type { ModelTopic } from './model-topic.ts';
import { broken, type Violation } from './violation.ts';

/** Whether the read models of `ledger` are the fold of it up to their checkpoint, and stand at its head. */
export function readViolations({ ledger, events }: ModelLedger, tables: ModelReadTables): readonly Violation[] {
  const { checkpoint, rows } = tables.of(ledger);
  const fold = events.slice(0, checkpoint.position).map(({ position, body }) => `${position} ${body.toString()}`);
  const found = rows.map(({ position, body }) => `${position} ${body}`);
  const detail = `${ledger}: ${rows.map(({ position }) => position).join()} at ${checkpoint.position} of ${events.length}`;
  return [
    ...broken(fold.join('\n') === found.join('\n'), 'the read model is the fold of the ledger', detail),
    ...broken(checkpoint.position === events.length, 'the checkpoint reaches the head', detail),
  ];
}

/** Whether the topic, repeats dropped, is the ledger; in its order, unless the topic itself was damaged. */
export function topicViolations(ledger: ModelLedger, topic: ModelTopic, incarnation: string): readonly Violation[] {
  const messages = topic.logs.flat().filter((message) => belongs(message, ledger.ledger, incarnation));
  const bodies = new Map<number, string>();
  for (const { headers, value } of messages) {
    const position = Number(headers['position']);
    if (!bodies.has(position)) bodies.set(position, value.toString());
  }
  const first = [...bodies.keys()];
  const detail = `${ledger.ledger}: ${first.join()} of ${ledger.events.length}`;
  const bytes = ledger.events.every(
    ({ position, body }) => (bodies.get(position) ?? body.toString()) === body.toString(),
  );
  return [
    ...broken(
      ledger.events.every(({ position }) => bodies.has(position)),
      'the topic holds the whole ledger',
      detail,
    ),
    ...broken(first.length <= ledger.events.length && bytes, 'the topic holds nothing but the ledger', detail),
    ...broken(topic.damaged || first.every((position, index) => position === index + 1), 'the topic is in order', detail), // prettier-ignore
  ];
}

function belongs({ key, headers }: TopicMessage, ledger: string, incarnation: string): boolean {
  return key === ledger && headers['incarnation'] === incarnation;
}
