import { createHash, createHmac } from 'node:crypto';
import { scramVerifier } from './scram-verifier.ts';

/** The exchange of RFC 7677, section 3: user "user", password "pencil". */
const SALT = 'W22ZaJ0SNY7soEsUEjb6gQ==';
const NONCE = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
const MESSAGE = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${NONCE},s=${SALT},i=4096,c=biws,r=${NONCE}`;

describe('a SCRAM verifier', () => {
  const [, iterationsAndSalt, keys] = scramVerifier('pencil', Buffer.from(SALT, 'base64')).split('$');
  const [storedKey = '', serverKey = ''] = (keys ?? '').split(':').map((key) => Buffer.from(key, 'base64'));

  it('names its iterations and salt', () => {
    expect(iterationsAndSalt).toBe(`4096:${SALT}`);
  });

  it('makes the server signature of the RFC', () => {
    expect(createHmac('sha256', serverKey).update(MESSAGE).digest('base64')).toBe(
      '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    );
  });

  it('accepts the client proof of the RFC', () => {
    const signature = createHmac('sha256', storedKey).update(MESSAGE).digest();
    const proof = Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64');
    const clientKey = proof.map((byte, index) => byte ^ (signature[index] ?? 0));
    expect(createHash('sha256').update(clientKey).digest()).toEqual(storedKey);
  });
});
