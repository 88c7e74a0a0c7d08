import { type Log, MessagingError } from '#libs/messaging';

/** What the relay of a command line says: trouble on `err`, and what no further try can mend. */
export interface RelayLog extends Log {
  readonly refusal: MessagingError | null;
}

export function relayLog(err: NodeJS.WritableStream): RelayLog {
  let refusal: MessagingError | null = null;
  return {
    debug: () => undefined,
    info: () => undefined,
    error: (_fields, message) => void err.write(`${message}\n`),
    warn: (fields, message) => {
      const { err: cause } = fields as { readonly err?: unknown };
      if (cause instanceof MessagingError && !cause.retriable) refusal = cause;
      if (cause instanceof Error) err.write(`${message}: ${cause.message}\n`);
    },
    get refusal() {
      return refusal;
    },
  };
}
