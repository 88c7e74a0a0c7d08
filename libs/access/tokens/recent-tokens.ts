import type { Principal } from '../principal.ts';

/** Tokens whose signature was checked a moment ago: a signature costs more than all else in a request. Bounded in number and in time. */
export class RecentTokens {
  private readonly entries = new Map<string, { principal: Principal; untilMs: number }>();

  get(token: string, nowMs: number): Principal | undefined {
    const entry = this.entries.get(token);
    if (entry === undefined) return undefined;
    if (nowMs < entry.untilMs) return entry.principal;
    this.entries.delete(token);
    return undefined;
  }

  /** Kept for a minute, at most until `expiresAtMs`: a key that its issuer withdrew stops counting soon. */
  set(token: string, principal: Principal, expiresAtMs: number): void {
    for (const oldest of this.entries.size >= TOKENS_MAX ? this.entries.keys() : []) {
      this.entries.delete(oldest);
      break;
    }
    this.entries.set(token, { principal, untilMs: Math.min(expiresAtMs, Date.now() + KEPT_MS) });
  }
}

const TOKENS_MAX = 5000;
const KEPT_MS = 60_000;
