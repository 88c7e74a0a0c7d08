/** No bearer token, or none that can be trusted: 401. `why` is for the log, not for the client. */
export class TokenRefused extends Error {
  readonly code = 'TOKEN_REFUSED';
  readonly retriable = false;
  constructor(
    readonly why: string,
    cause?: unknown,
  ) {
    super(why, { cause });
  }
}

/** The issuer's keys cannot be fetched now, so no token can be judged: 503. */
export class IssuerUnavailable extends Error {
  readonly code = 'ISSUER_UNAVAILABLE';
  readonly retriable = true;
  constructor(cause: unknown) {
    super('the keys of the token issuer cannot be fetched', { cause });
  }
}
