/** A ledger of one length, in a database of its own. */
export interface Sized {
  /** `10,000 events`. */
  readonly name: string;
  readonly url: string;
  readonly events: number;
}

export interface Both {
  readonly short: Sized;
  readonly long: Sized;
}

/** A cost at the long ledger over the same at the short one. */
export const NO_DEARER = { atMost: 1.2 };
/** The same of a rate. */
export const NO_SLOWER = { atLeast: 1 / 1.2 };
