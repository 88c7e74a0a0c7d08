import type { CommandAnswer } from '#libs/event-store';
import { commandKey, type ModelLedger } from './model-ledger.ts';
import { rejectionsIn, tradingFaults } from './trading-invariants.ts';
import { ACTOR, type Invocation } from './trading-client.ts';
import { broken, type Violation } from './violation.ts';

/** Every promise of the write side that `ledger` and what its clients heard break. */
export function writeViolations(ledger: ModelLedger, invocations: readonly Invocation[]): readonly Violation[] {
  return [...densityFaults(ledger), ...tradingFaults(ledger), ...answersFaults(ledger, invocations)];
}

function densityFaults({ ledger, events }: ModelLedger): Violation[] {
  const versions = new Map<string, number>();
  return events.flatMap(({ position, stream, version, recordedAtMs }, index) => {
    const due = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    return [
      ...broken(recordedAtMs >= (events[index - 1]?.recordedAtMs ?? 0), 'recordedAt never goes back', `${ledger}: ${position}`), // prettier-ignore
      ...broken(position === index + 1, 'positions are dense', `${ledger}: ${position} in place ${index + 1}`),
      ...broken(version === due, 'streams count 1..n', `${ledger} ${stream}: ${version} where ${due} was due`),
    ];
  });
}

function answersFaults({ events }: ModelLedger, invocations: readonly Invocation[]): Violation[] {
  const stored = new Map<string, number[]>();
  for (const { position, body } of events) {
    const commandId = commandIdOf(body);
    const positions = stored.get(commandId) ?? [];
    positions.push(position);
    stored.set(commandId, positions);
  }
  return invocations.flatMap((invocation) => answerFaults(invocation, stored.get(invocation.commandId) ?? []));
}

function answerFaults(invocation: Invocation, stored: readonly number[]): Violation[] {
  const { ledger, commandId, answers, refusals, reusedId, invokedAtHead } = invocation;
  const name = `${ledger.ledger} ${commandId}`;
  if (reusedId) {
    const told = refusals.includes('IDEMPOTENCY_KEY_REUSED') && answers.length === 0;
    return broken(told, 'an id is good for one request', name);
  }
  const [heard] = answers;
  if (heard === undefined) return broken(false, 'every command is answered', `${name}: ${refusals.join(' ')}`);
  const logged = ledger.commands.get(commandKey({ actor: ACTOR, commandId }))?.answer;
  return [
    ...broken(
      answers.every(({ answer }) => JSON.stringify(answer) === logged),
      'answers are what the log holds',
      name,
    ),
    ...broken(positionsOf(heard.answer).join() === stored.join(), 'an acknowledged command is in the ledger once, a rejected one never', `${name}: ${positionsOf(heard.answer).join()} told, ${stored.join()} stored`), // prettier-ignore
    ...broken(positionsOf(heard.answer).every((position) => position > invokedAtHead), 'no answer is older than its question', name), // prettier-ignore
    ...broken(heard.answer.outcome === 'accepted' || rejectionsIn(invocation).has(heard.answer.code), 'a rejection was true while the client waited', `${name}: ${JSON.stringify(heard.answer)}`), // prettier-ignore
  ];
}

function positionsOf(answer: CommandAnswer): readonly number[] {
  return answer.outcome === 'accepted' ? answer.events.map(({ position }) => position) : [];
}

function commandIdOf(body: Buffer): string {
  return (JSON.parse(body.toString()) as { commandId: string }).commandId;
}
