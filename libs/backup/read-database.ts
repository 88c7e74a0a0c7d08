import type { Queryable } from '#libs/event-store';
import { readActors, readCommands, readEvents, readLedger } from './copy-statements.ts';
import { LedgerIsBranch, LedgerNotDense, LedgerNotThere } from './errors.ts';
import type { CopiedRecord, LedgerCopy } from './ledger-copy.ts';
import { EXPORT_FORMAT, type CommandRecord, type EventRecord } from './records.ts';

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
): Promise<LedgerCopy> {
  const row = await readLedger(database, ledger);
  if (row === null) throw new LedgerNotThere(ledger);
  const { parent, ...facts } = row;
  if (parent !== null) throw new LedgerIsBranch(ledger, parent);
  const head = Math.min(upTo ?? row.head, row.head);
  return {
    ledger: { kind: 'ledger', format: EXPORT_FORMAT, ...facts, head, withNames },
    async *pages() {
      if (withNames) yield await readActors(database, ledger);
      yield* eventPages(database, ledger, head);
      yield* commandPages(database, ledger, head);
    },
  };
}

async function* eventPages(database: Queryable, ledger: string, head: number): AsyncGenerator<readonly CopiedRecord[]> {
  for (let after = 0; after < head;) {
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
  head: number,
): AsyncGenerator<readonly CopiedRecord[]> {
  for (let after = { actor: '', commandId: '' }; ;) {
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
