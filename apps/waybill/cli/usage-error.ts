/** The command line asks for what cannot be done here. The message says what to do instead; the exit code is 2. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}
