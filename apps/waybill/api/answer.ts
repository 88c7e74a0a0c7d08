/** What a request brought back: the status and the JSON of the body, null where there is none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An answer as it came, whatever it is made of. */
export interface RawAnswer extends Answer {
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** Whether the same request may be served a moment later: overload, a server that starts, a command still being decided. */
export function isTransient({ status, body }: Answer): boolean {
  return status === 503 || status === 429 || codeOf(body) === 'COMMAND_IN_PROGRESS';
}

/** The stable code of a problem document; null where there is none. */
export function codeOf(body: unknown): string | null {
  const { code } = (body ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : null;
}
