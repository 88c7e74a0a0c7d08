import type { Decision } from './decide-command.ts';
import type { Entry } from './entry.ts';

export type Decided = readonly { readonly entry: Entry<never, unknown>; readonly decision: Decision<unknown> }[];

/** The rows of a batch as ledger.append takes them. */
export interface AppendPayload {
  /** JSON arrays; requests, answers and bodies are named by their place in `bytes`, from 1, and their length. */
  readonly commands: string;
  readonly events: string;
  readonly bytes: Buffer;
}

export function payloadOf(decided: Decided): AppendPayload {
  const texts: string[] = [];
  let end = 0;
  const placed = (text: string): { at: number; length: number } => {
    const length = Buffer.byteLength(text);
    texts.push(text);
    end += length;
    return { at: end - length + 1, length };
  };
  const events: object[] = [];
  const commands = decided.map(({ entry, decision }) => {
    const request = placed(entry.request);
    const answer = placed(JSON.stringify(decision.answer));
    for (const { body, ...row } of decision.events) {
      const { at, length } = placed(body);
      events.push({ ...row, bodyAt: at, bodyLength: length });
    }
    const { answer: { outcome }, decidedOn, recordedAtMs } = decision; // prettier-ignore
    return {
      actor: entry.submission.actor,
      commandId: entry.submission.commandId,
      outcome,
      decidedOn,
      recordedAtMs,
      requestAt: request.at,
      requestLength: request.length,
      answerAt: answer.at,
      answerLength: answer.length,
    };
  });
  return { commands: JSON.stringify(commands), events: JSON.stringify(events), bytes: Buffer.from(texts.join('')) };
}
