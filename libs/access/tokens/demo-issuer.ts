import { randomUUID } from 'node:crypto';
import {
  createLocalJWKSet,
  exportJWK,
  importJWK,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { principalNamed } from '../principal.ts';
import { demoKey } from './demo-key.ts';

export interface DemoIssuerOptions {
  /** Where the signing key is kept; made when it is not there. */
  readonly keyFile: string;
  readonly issuer: string;
  readonly audience: string;
  readonly lifetimeSeconds?: number;
}

/** The answer of RFC 6749, 5.1. */
export interface AccessToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

export const DEMO_ALGORITHM = 'ES256';
const LIFETIME_SECONDS = 3600;

/** Signs anyone in as anyone: only where a demo is what is wanted, never a real ledger. */
export class DemoIssuer {
  private constructor(
    private readonly options: DemoIssuerOptions,
    private readonly key: CryptoKey | Uint8Array,
    /** Public keys only. */
    readonly jwks: JSONWebKeySet,
  ) {}

  static async open(options: DemoIssuerOptions): Promise<DemoIssuer> {
    const jwk = await demoKey(options.keyFile);
    const key = await importJWK(jwk, DEMO_ALGORITHM, { extractable: true });
    return new DemoIssuer(options, key, { keys: [publicPart(await exportJWK(key), jwk.kid)] });
  }

  /** For `createBearerCheck` in the same process. */
  get keys(): JWTVerifyGetKey {
    return createLocalJWKSet(this.jwks);
  }

  /** A token for `actor` (`tesla-cfo`, `auditor` …); null when no actor has that name. */
  async token(actor: string): Promise<AccessToken | null> {
    const principal = principalNamed(actor);
    if (principal === null) return null;
    const { issuer, audience, lifetimeSeconds = LIFETIME_SECONDS } = this.options;
    const iat = Math.floor(Date.now() / 1000);
    const who = {
      sub: subjectOf(actor),
      role: principal.role,
      ...(principal.company === null ? {} : { company: principal.company }),
    };
    const access_token = await this.sign({
      ...who,
      iss: issuer,
      aud: audience,
      iat,
      exp: iat + lifetimeSeconds,
      jti: randomUUID(),
    });
    return { access_token, token_type: 'Bearer', expires_in: lifetimeSeconds };
  }

  /** Any claims as a token of `typ`. */
  sign(claims: JWTPayload, typ = 'at+jwt'): Promise<string> {
    const kid = this.jwks.keys[0]?.kid ?? '';
    return new SignJWT(claims).setProtectedHeader({ alg: DEMO_ALGORITHM, typ, kid }).sign(this.key);
  }
}

/** `TESLA-cfo` and `tesla-cfo` are one person, who may not approve her own order in another spelling. */
function subjectOf(actor: string): string {
  return actor.toLowerCase();
}

function publicPart({ d: _, ...jwk }: JWK, kid: string | undefined): JWK {
  return { ...jwk, alg: DEMO_ALGORITHM, use: 'sig', ...(kid === undefined ? {} : { kid }) };
}
