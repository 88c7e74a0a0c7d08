import type { CommandAnswer, CommandPreview, LedgerReader } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { ProblemFields } from '../problem/problem.ts';

/** The most events that a refusal tells; the latest ones. */
export const CHANGES_TOLD = 20;

/** The rejection, with what changed where it was refused as stale. Events never change, so a repeat hears the same. */
export async function withChanges<Answer extends CommandAnswer | CommandPreview>(
  ledgers: LedgerReader,
  ledger: Id,
  answer: Answer,
): Promise<Answer | Rejected> {
  if (answer.outcome !== 'rejected' || answer.code !== 'VERSION_STALE') return answer;
  const { fields } = answer;
  return { ...answer, fields: { ...fields, changes: await changesSince(ledgers, ledger, fields as unknown as Stale) } };
}

/** As {@link CommandAnswer}; its fields may be lists. */
export interface Rejected {
  readonly outcome: 'rejected';
  readonly code: string;
  readonly fields: ProblemFields;
}

/** The fields of `VERSION_STALE`. */
interface Stale {
  readonly stream: string;
  readonly expectedVersion: number;
  readonly version: number;
}

async function changesSince(
  ledgers: LedgerReader,
  ledger: Id,
  { stream: changed, expectedVersion, version: present }: Stale,
): Promise<readonly object[]> {
  const afterVersion = Math.max(expectedVersion, present - CHANGES_TOLD);
  const limit = present - afterVersion;
  if (limit <= 0) return [];
  const events = await ledgers.readStream(ledger, changed, { afterVersion, limit });
  return events.map(({ position, type, stream, version, effectiveAt }) => ({
    position,
    type,
    stream,
    version,
    effectiveAt,
  }));
}
