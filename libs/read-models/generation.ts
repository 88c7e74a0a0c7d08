/** The generation of a ledger's read models until a rebuild puts another one live. */
export const FIRST_GENERATION = 1;
