import { UsageError } from '../cli/usage-error.ts';
import type { Answer } from './answer.ts';

/** Nobody answers at the URL. */
export class ServerUnreachable extends UsageError {
  constructor(url: string, cause: unknown) {
    super(`no Waybill answers at ${url}; start one with "npm start", or name another with --url`);
    this.cause = cause;
  }
}

/** The server issues no demo tokens, so that no actor can sign in by name. */
export class DemoIssuerMissing extends UsageError {
  constructor(url: string) {
    super(`${url} has no demo issuer (POST /demo/token); scenario files need one to sign their actors in`);
  }
}

/** The server answered with what no client can go on with. */
export class UnexpectedAnswer extends UsageError {
  constructor(
    method: string,
    url: string,
    readonly answer: Answer,
  ) {
    const { code, detail } = (answer.body ?? {}) as { readonly code?: unknown; readonly detail?: unknown };
    const said = [code, detail].filter((each) => typeof each === 'string').join(': ');
    super(`${method} ${url} answered ${answer.status}${said === '' ? '' : ` ${said}`}`);
  }
}
