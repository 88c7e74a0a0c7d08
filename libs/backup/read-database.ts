import type { Queryable } from '#libs/event-store';
import { readActors, readCommands, readEvents, readLedger, type CommandKey } from './copy-statements.ts';
import { LedgerIsBranch, LedgerNotDense, LedgerNotThere } from './errors.ts';
import type { CopiedRecord, CopyBeginning, ResumableCopy } from './ledger-copy.ts';
import { EXPORT_FORMAT, lineOf, type CommandRecord, type EventRecord, type LedgerRecord } from './records.ts';

/**
 * `ledger` as it stands at one head, its own at this moment or `upTo`, although writers go on: each page is a statement of
 * its own, as whoever may select the ledger's tables.
 *
 * The command log is cut at the same head. Everything decided before it was committed before it, for a decision is taken
 * on a head and appended only while that head is the last. What was decided on it is in the copy when it made nothing:
 * all that was acknowledged when the copy began, and perhaps refusals of the minutes since, which change nothing.
 *
 * Throws {@link LedgerNotThere}, {@link LedgerIsBranch}, and {@link LedgerNotDense} from its pages.
 */
export async function copyOfDatabase(
  database: Queryable,
  ledger: string,
  { withNames, upTo }: { readonly withNames: boolean; readonly upTo?: number },
): Promise<ResumableCopy> {
  const row = await readLedger(database, ledger);
  if (row === null) throw new LedgerNotThere(ledger);
  const { parent, ...facts } = row;
  if (parent !== null) throw new LedgerIsBranch(ledger, parent);
  const head = Math.min(upTo ?? row.head, row.head);
  const described: LedgerRecord = { kind: 'ledger', format: EXPORT_FORMAT, ...facts, head, withNames };
  return {
    ledger: described,
    async *pages() {
      if (withNames) yield await readActors(database, ledger);
      yield* eventPages(database, ledger, { after: 0, head });
      yield* commandPages(database, ledger, { after: FIRST_KEY, head });
    },
    pagesAfter: async (beginning) =>
      (await isBeginningOf(database, described, beginning)) ? pagesAfter(database, beginning) : null,
  };
}

/** The head that the export had when it was interrupted stays its head. */
async function* pagesAfter(
  database: Queryable,
  { ledger: { ledger, head }, lastEvent, last }: CopyBeginning,
): AsyncGenerator<readonly CopiedRecord[]> {
  yield* eventPages(database, ledger, { after: lastEvent?.position ?? 0, head });
  yield* commandPages(database, ledger, { after: last?.kind === 'command' ? last : FIRST_KEY, head });
}

/**
 * Events never change and positions are dense: where the last event is the same, so are those before it, unless the store lives
 * another life. A name that was erased meanwhile must not come out by way of an old file.
 */
async function isBeginningOf(
  database: Queryable,
  now: LedgerRecord,
  { ledger: then, actors, lastEvent }: CopyBeginning,
): Promise<boolean> {
  const isSame = lineOf({ ...then, head: now.head, exportedAtMs: now.exportedAtMs }) === lineOf(now);
  if (!isSame || then.head > now.head || lastEvent === null) return false;
  const { position } = lastEvent;
  const [found] = await readEvents(database, { ledger: now.ledger, after: position - 1, head: position });
  if (found === undefined || lineOf(found) !== lineOf(lastEvent)) return false;
  const known = new Set((actors.length === 0 ? [] : await readActors(database, now.ledger)).map(lineOf));
  return actors.every((actor) => known.has(lineOf(actor)));
}

const FIRST_KEY: CommandKey = { actor: '', commandId: '' };

async function* eventPages(
  database: Queryable,
  ledger: string,
  { after: first, head }: { readonly after: number; readonly head: number },
): AsyncGenerator<readonly CopiedRecord[]> {
  for (let after = first; after < head;) {
    const page = await readEvents(database, { ledger, after, head });
    assertDense(ledger, after, page);
    yield page;
    after += page.length;
  }
}

function assertDense(ledger: string, after: number, page: readonly EventRecord[]): void {
  const gap = page.findIndex(({ position }, index) => position !== after + 1 + index);
  if (page.length === 0 || gap >= 0) throw new LedgerNotDense(ledger, after + 1 + Math.max(gap, 0));
}

async function* commandPages(
  database: Queryable,
  ledger: string,
  { after: first, head }: { readonly after: CommandKey; readonly head: number },
): AsyncGenerator<readonly CopiedRecord[]> {
  for (let after = first; ;) {
    const page = await readCommands(database, { ledger, after, head });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.filter((command) => !reachesBeyond(command, head));
    after = last;
  }
}

/** Of those decided on the head itself, the one that made what comes after it. */
function reachesBeyond({ decidedOn, outcome, answer }: CommandRecord, head: number): boolean {
  if (decidedOn < head || outcome === 'rejected') return false;
  const { position } = JSON.parse(answer.toString()) as { readonly position: number };
  return position > head;
}
