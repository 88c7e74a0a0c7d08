/** Ledgers out of a database into files and back, to the byte; and the new life of a store that was brought back. */
export { compareCopies, type Comparison } from './compare.ts';
export { countCommands } from './copy-statements.ts';
export * from './errors.ts';
export { copyOfFile } from './file-copy.ts';
export { renewIncarnation } from './incarnation.ts';
export type { LedgerCopy } from './ledger-copy.ts';
export { copyOfDatabase } from './read-database.ts';
export { readExport, type FileContents } from './read-file.ts';
export { restoreExport, type Restoration } from './restore.ts';
export { writeExport, type WrittenExport } from './write-file.ts';
