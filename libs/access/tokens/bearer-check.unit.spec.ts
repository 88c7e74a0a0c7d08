import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createBearerCheck } from './bearer-check.ts';
import { IssuerUnavailable, TokenRefused } from './errors.ts';

const WHO = { issuer: 'http://issuer.test', audience: 'waybill' };

describe('the bearer check', () => {
  it('takes only the algorithms it is told, even where the issuer has keys of others', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'old' }] });
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: 'admin', role: 'admin', iss: WHO.issuer, aud: WHO.audience, iat: now, exp: now + 60 };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'old' })
      .sign(privateKey);
    const told = (algorithms: readonly string[]) => createBearerCheck({ ...WHO, algorithms, keys })(`Bearer ${token}`);
    await expect(told(['ES256'])).rejects.toThrow(TokenRefused);
    expect(await told(['RS256'])).toEqual({ subject: 'admin', role: 'admin', company: null });
  });

  it('says that the issuer is away when its keys cannot be fetched, instead of refusing the token', async () => {
    const check = createBearerCheck({
      ...WHO,
      algorithms: ['ES256'],
      keys: () => Promise.reject(new TypeError('fetch failed')),
    });
    const header = Buffer.from('{"alg":"ES256","typ":"at+jwt"}').toString('base64url');
    await expect(check(`Bearer ${header}.e30.c2ln`)).rejects.toThrow(IssuerUnavailable);
  });

  it('remembers a token no longer than it is valid', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const keys = createLocalJWKSet({ keys: [await exportJWK(publicKey)] });
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: 'admin', role: 'admin', iss: WHO.issuer, aud: WHO.audience, iat: now, exp: now + 2 };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' }).sign(privateKey);
    const check = createBearerCheck({ ...WHO, algorithms: ['ES256'], keys });
    expect((await check(`Bearer ${token}`)).role).toBe('admin');
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await expect(check(`Bearer ${token}`)).rejects.toThrow(TokenRefused);
  });
});
