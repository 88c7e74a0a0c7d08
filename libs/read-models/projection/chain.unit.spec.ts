import { createHash } from 'node:crypto';
import { CHAIN_START, chained } from './chain.ts';

const BODY = Buffer.from('{"quantity":8192}');
const EVENT = { position: 1, recordedAtMs: 1_700_000_000_123, body: BODY };

describe('the chain of what was read', () => {
  it.each([
    ['a short body', BODY],
    ['no body', Buffer.alloc(0)],
    ['a body longer than any before', Buffer.alloc(100_000, 7)],
  ])('is SHA-256 over digest, position, instant and %s', (_, body) => {
    const event = { position: 2 ** 40 + 3, recordedAtMs: 1_700_000_000_123, body };
    const head = Buffer.alloc(16);
    head.writeBigInt64BE(BigInt(event.position), 0);
    head.writeBigInt64BE(BigInt(event.recordedAtMs), 8);
    const expected = createHash('sha256').update(CHAIN_START).update(head).update(body).digest();
    expect(chained(CHAIN_START, event)).toEqual(expected);
  });

  it('writes an instant before 1970 as two-complement', () => {
    const head = Buffer.alloc(16);
    head.writeBigInt64BE(1n, 0);
    head.writeBigInt64BE(-86_400_000n, 8);
    const expected = createHash('sha256').update(CHAIN_START).update(head).update(BODY).digest();
    expect(chained(CHAIN_START, { ...EVENT, recordedAtMs: -86_400_000 })).toEqual(expected);
  });

  it.each([
    ['position', { position: 2 }],
    ['instant', { recordedAtMs: 1_700_000_000_124 }],
    ['body', { body: Buffer.from('{"quantity":8193}') }],
  ])('is another one when the %s is', (_, change) => {
    expect(chained(CHAIN_START, { ...EVENT, ...change })).not.toEqual(chained(CHAIN_START, EVENT));
  });
});
