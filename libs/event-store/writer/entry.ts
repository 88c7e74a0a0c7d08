import { canonicalJson } from '#libs/kernel';
import type { Submission, SubmissionResult } from '../types.ts';

/** A submission that waits for its answer. */
export interface Entry<State, Command> {
  readonly key: string;
  readonly submission: Submission<State, Command>;
  /** RFC 8785 JSON of the request. */
  readonly request: string;
  /** Whether an earlier attempt may have reached the ledger without our hearing of it: a stored answer is then our own. */
  unsure: boolean;
  readonly resolve: (result: SubmissionResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Unique per command of one ledger: neither part holds a NUL. */
export function entryKey(actor: string, commandId: string): string {
  return `${actor}\0${commandId}`;
}

export function makeEntry<State, Command>(
  submission: Submission<State, Command>,
  resolve: (result: SubmissionResult) => void,
  reject: (error: unknown) => void,
): Entry<State, Command> {
  const key = entryKey(submission.actor, submission.commandId);
  return { key, submission, request: canonicalJson(submission.request), unsure: false, resolve, reject };
}
