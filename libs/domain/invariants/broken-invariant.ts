/** What must be true of every ledger at every position; the numbers are those of docs/how-to/check-the-books.md. */
export const INVARIANTS = {
  1: 'units of tranches and shipments add up',
  2: 'accepted units are in lots and stand at sites',
  3: 'units move between companies, and none go below zero',
  4: 'what one company owes another is owed',
  5: 'load above usable is listed with its events',
  6: 'money stays within its limits',
  7: 'approvers differ from requesters, receivers are screened',
} as const;

export type InvariantNumber = keyof typeof INVARIANTS;

/** An invariant that does not hold: of what, and the figures that disagree. */
export interface BrokenInvariant {
  readonly invariant: InvariantNumber;
  /** With its ids, such as `tranche PO-1/T1`. */
  readonly subject: string;
  /** The figures, in words. */
  readonly found: string;
  /** Of the event that broke it; null where it is seen of the whole only. */
  readonly position: number | null;
}

export function broken(
  invariant: InvariantNumber,
  subject: string,
  found: string,
  position: number | null = null,
): BrokenInvariant {
  return { invariant, subject, found, position };
}
