import { compareKeys, type CopiedRecord, type LedgerCopy } from './ledger-copy.ts';
import { lineOf, type LedgerRecord } from './records.ts';

export interface Comparison {
  readonly events: number;
  readonly commands: number;
  /** The first difference, in words; null when the two are equal. */
  readonly difference: string | null;
}

/**
 * Whether two copies hold the same ledger up to the same head: facts, events and decisions, to the byte. What may differ: the name, the
 * store, the names of people, and refusals decided on the head that only the `later` copy has.
 */
export async function compareCopies(
  earlier: LedgerCopy,
  later: LedgerCopy,
  onPage: (records: number) => void = () => undefined,
): Promise<Comparison> {
  const counts = { events: 0, commands: 0 };
  const ended = (difference: string | null): Comparison => ({ ...counts, difference });
  const facts = factsDiffer(earlier.ledger, later.ledger);
  if (facts !== null) return ended(facts);
  const { head } = earlier.ledger;
  const others = new Cursor(later);
  for await (const page of earlier.pages()) {
    for (const record of page.filter(({ kind }) => kind !== 'actor')) {
      const other = await others.upTo(record, head);
      if (other === null || compareKeys(other, record) > 0) return ended(`${nameOf(record)} is missing in the second`);
      if (compareKeys(other, record) < 0) return ended(`${nameOf(other)} is missing in the first`);
      if (lineOf(other) !== lineOf(record))
        return ended(`${nameOf(record)}: ${fieldThatDiffers(record, other)} differs`);
      others.drop();
      counts[record.kind === 'event' ? 'events' : 'commands'] += 1;
    }
    onPage(page.length);
  }
  const rest = await others.upTo(null, head);
  return ended(rest === null ? null : `${nameOf(rest)} is missing in the first`);
}

/** The records of a copy one by one, names of people left out. */
class Cursor {
  private readonly pages: AsyncIterator<readonly CopiedRecord[]>;
  private page: readonly CopiedRecord[] = [];
  private at = 0;

  constructor(copy: LedgerCopy) {
    this.pages = copy.pages()[Symbol.asyncIterator]();
  }

  /** The next record; refusals on the head that come before `record` are passed over. */
  async upTo(record: CopiedRecord | null, head: number): Promise<CopiedRecord | null> {
    for (;;) {
      const next = await this.peek();
      const isBefore = next !== null && (record === null || compareKeys(next, record) < 0);
      if (!isBefore || next.kind !== 'command' || next.decidedOn < head) return next;
      this.drop();
    }
  }

  drop(): void {
    this.at += 1;
  }

  private async peek(): Promise<CopiedRecord | null> {
    for (;;) {
      const record = this.page[this.at];
      if (record !== undefined && record.kind !== 'actor') return record;
      if (record !== undefined) this.at += 1;
      else if (!(await this.turn())) return null;
    }
  }

  private async turn(): Promise<boolean> {
    const next = await this.pages.next();
    if (next.done === true) return false;
    this.page = next.value;
    this.at = 0;
    return true;
  }
}

const FACTS = ['clock', 'currency', 'title', 'openedAtMs', 'openedBy', 'openedCommandId', 'head'] as const;

function factsDiffer(a: LedgerRecord, b: LedgerRecord): string | null {
  const fact = FACTS.find((name) => a[name] !== b[name]);
  if (fact !== undefined) return `ledger: ${fact} is ${String(a[fact])} in the first, ${String(b[fact])} in the second`;
  return a.openedRequest.equals(b.openedRequest) ? null : 'ledger: openedRequest differs';
}

function nameOf(record: CopiedRecord): string {
  if (record.kind === 'event') return `position ${record.position}`;
  return record.kind === 'command' ? `command ${record.commandId} of ${record.actor}` : `actor ${record.actor}`;
}

function fieldThatDiffers(a: CopiedRecord, b: CopiedRecord): string {
  const values = b as unknown as Readonly<Record<string, unknown>>;
  const [name] =
    Object.entries(a).find(([name, value]) => JSON.stringify(value) !== JSON.stringify(values[name])) ?? [];
  return name ?? 'kind';
}
