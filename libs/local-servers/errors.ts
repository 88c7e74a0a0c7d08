/** A program this machine lacks; `remedy` says how to get it. */
export class ServerToolMissingError extends Error {
  readonly code = 'SERVER_TOOL_MISSING';
  constructor(
    readonly tool: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${tool} is missing. ${remedy}`, options);
  }
}

/** The server ended, or did not answer in time; `lastLines` are the end of its log. */
export class ServerStartError extends Error {
  readonly code = 'SERVER_START_FAILED';
  constructor(
    readonly server: string,
    readonly lastLines: readonly string[],
    options?: ErrorOptions,
  ) {
    super(`${server} did not start\n${lastLines.join('\n')}`, options);
  }
}

/** A live process of another start owns this folder. */
export class DataFolderInUseError extends Error {
  readonly code = 'DATA_FOLDER_IN_USE';
  constructor(
    readonly folder: string,
    readonly ownerPid: number,
  ) {
    super(`${folder} is in use by process ${String(ownerPid)}`);
  }
}

/** A folder for the unprivileged user's files belongs to someone else: nothing is put there. */
export class UntrustedFolderError extends Error {
  readonly code = 'FOLDER_UNTRUSTED';
  constructor(readonly folder: string) {
    super(`${folder} exists and is not ours: remove it, or set another data folder`);
  }
}
