/** What keeps a ledger from being exported or restored; the code is stable, the text says what to do. Nothing was written. */
export abstract class BackupError extends Error {
  abstract readonly code: string;
}

export type RefusalCode =
  | 'EXPORT_TRUNCATED'
  | 'EXPORT_DAMAGED'
  | 'EXPORT_MALFORMED'
  | 'EXPORT_OUT_OF_ORDER'
  | 'EXPORT_LINE_TOO_LONG'
  | 'EXPORT_FORMAT_UNKNOWN';

/** A file that is not the whole of one export, as it was written. `line` counts from 1. */
export class ExportRefused extends BackupError {
  constructor(
    readonly code: RefusalCode,
    readonly line: number,
    why: string,
  ) {
    super(`line ${line}: ${why}; take another copy of the file, or export the ledger again`);
  }
}

/** The file was changed while it was read. */
export class ExportChanged extends BackupError {
  readonly code = 'EXPORT_CHANGED';
  constructor(readonly file: string) {
    super(`${file} was changed while it was read; nothing was restored`);
  }
}

/** The file of an export is there already: an export never takes the place of another. */
export class ExportExists extends BackupError {
  readonly code = 'EXPORT_EXISTS';
  constructor(readonly file: string) {
    super(`${file} is there already; move it away or export to another name`);
  }
}

export class LedgerNotThere extends BackupError {
  readonly code = 'LEDGER_UNKNOWN';
  constructor(readonly ledger: string) {
    super(`there is no ledger ${ledger}, or this user may not read it`);
  }
}

/** A branch is the parent's up to its fork: alone it is no whole story. */
export class LedgerIsBranch extends BackupError {
  readonly code = 'LEDGER_IS_BRANCH';
  constructor(
    readonly ledger: string,
    readonly parent: string,
  ) {
    super(`${ledger} is a branch of ${parent}; export ${parent}`);
  }
}

/** The ledger's positions have a gap in this database: it was changed by hand, and no copy of it is to be trusted. */
export class LedgerNotDense extends BackupError {
  readonly code = 'LEDGER_NOT_DENSE';
  constructor(
    readonly ledger: string,
    readonly missing: number,
  ) {
    super(`${ledger} has no event at position ${missing}; restore it from an earlier export`);
  }
}

/** A ledger is restored beside others, never over one. */
export class LedgerExists extends BackupError {
  readonly code = 'LEDGER_EXISTS';
  constructor(readonly ledger: string) {
    super(`there is a ledger ${ledger} already; restore under another name with --as, or into another database`);
  }
}

/** The database knows some of the people named in the file under other pseudonyms: a person would be two. */
export class ActorKnownOtherwise extends BackupError {
  readonly code = 'ACTOR_KNOWN_OTHERWISE';
  constructor(readonly actors: number) {
    super(
      `${actors} of the people named in the file sign in here under other pseudonyms; restore into an empty database, or export without names`,
    );
  }
}
