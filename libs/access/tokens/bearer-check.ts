import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { principalOf, type Principal } from '../principal.ts';
import { IssuerUnavailable, TokenRefused } from './errors.ts';
import { RecentTokens } from './recent-tokens.ts';

export interface BearerCheckOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Only these signatures count, whatever a token's header says (RFC 8725, 3.1). */
  readonly algorithms: readonly string[];
  /** The issuer's keys: `createLocalJWKSet(…)` or `createRemoteJWKSet(…)` of jose. */
  readonly keys: JWTVerifyGetKey;
}

/** The principal that an Authorization header proves. Throws {@link TokenRefused}, {@link IssuerUnavailable}. */
export type BearerCheck = (authorization: string | undefined) => Promise<Principal>;

/** Checks access tokens by RFC 9068: signature, `typ` at+jwt, issuer, audience, expiry, and the claims `role` and `company`. */
export function createBearerCheck(options: BearerCheckOptions): BearerCheck {
  const recent = new RecentTokens();
  return async (authorization) => {
    const token = tokenIn(authorization);
    const known = recent.get(token, Date.now());
    if (known !== undefined) return known;
    const payload = await verified(token, options);
    const principal = principalIn(payload);
    recent.set(token, principal, (payload.exp ?? 0) * 1000);
    return principal;
  };
}

const BEARER = /^bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i;
const TOKEN_LENGTH_MAX = 8192;

function tokenIn(authorization: string | undefined): string {
  if (authorization === undefined) throw new TokenRefused('no Authorization header');
  const token = authorization.length > TOKEN_LENGTH_MAX ? undefined : BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new TokenRefused('no bearer token in the Authorization header');
  return token;
}

async function verified(
  token: string,
  { issuer, audience, algorithms, keys }: BearerCheckOptions,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: [...algorithms],
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat', 'role'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) throw new IssuerUnavailable(error);
    if (error instanceof errors.JOSEError) throw new TokenRefused(error.code, error);
    throw new IssuerUnavailable(error);
  }
}

function principalIn({ sub, role, company }: JWTPayload): Principal {
  const named = typeof company === 'string' ? company : null;
  if (company !== undefined && named === null) throw new TokenRefused('the company claim is no text');
  const principal = typeof sub === 'string' && typeof role === 'string' ? principalOf(sub, role, named) : null;
  if (principal === null || principal.subject.length === 0 || principal.subject.length > 255)
    throw new TokenRefused('the claims name no actor');
  return principal;
}
