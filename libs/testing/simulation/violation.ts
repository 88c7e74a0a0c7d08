/** What was found broken: the name of a promise, and where. */
export interface Violation {
  readonly promise: string;
  readonly detail: string;
}

/** The promise as broken, or nothing where it holds. */
export function broken(holds: boolean, promise: string, detail: string): Violation[] {
  return holds ? [] : [{ promise, detail }];
}
