/** The version of the set of read models that this code writes. A change of a fold or a table is a new one. */
export const GENERATION = 1;
