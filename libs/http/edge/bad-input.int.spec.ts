import { gzipSync } from 'node:zlib';
import { connect } from 'node:net';
import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { orderOf, playBeginning } from './story.fixture.spec.ts';

const ORDER = orderOf('PO-BAD') as Record<string, unknown>;
const TRANCHE = { trancheId: 'T1', quantity: 10, unitPriceCents: 100, requestedDate: '2024-03-01' };
const order = (changes: object) => JSON.stringify({ ...ORDER, ...changes });
const tranche = (changes: object) => order({ tranches: [{ ...TRANCHE, ...changes }] });
const written = (quantity: string) => tranche({ quantity: 'Q' }).replace('"Q"', quantity);

const QUANTITY = '/tranches/0/quantity';

const UNPROCESSABLE: readonly [what: string, body: string, pointer: string][] = [
  ['a negative quantity', tranche({ quantity: -1 }), QUANTITY],
  ['zero', tranche({ quantity: 0 }), QUANTITY],
  ['a fraction', written('1.5'), QUANTITY],
  ['1.0', written('1.0'), QUANTITY],
  ['1e2', written('1e2'), QUANTITY],
  ['1e400', written('1e400'), QUANTITY],
  ['-0', written('-0'), QUANTITY],
  ['2^53', written('9007199254740992'), QUANTITY],
  ['2^53 + 1', written('9007199254740993'), QUANTITY],
  ['a number as text', tranche({ quantity: '10' }), QUANTITY],
  ['NaN as text', tranche({ quantity: 'NaN' }), QUANTITY],
  ['true for a number', tranche({ quantity: true }), QUANTITY],
  ['a list for a number', tranche({ quantity: [10] }), QUANTITY],
  ['null', tranche({ quantity: null }), QUANTITY],
  ['a missing field', tranche({ quantity: undefined }), QUANTITY],
  ['an unknown field', order({ colour: 'red' }), '/colour'],
  ['an unknown field below', tranche({ colour: 'red' }), '/tranches/0/colour'],
  ['__proto__', order({}).replace('{', '{"__proto__":{"role":"admin"},'), '/__proto__'],
  ['constructor below', tranche({ constructor: 1 }), '/tranches/0/constructor'],
  ['hasOwnProperty', order({ hasOwnProperty: 1 }), '/hasOwnProperty'],
  ['a field of the path', order({ ledger: 'house' }), '/ledger'],
  ['type', order({ type: 'ApproveOrder' }), '/type'],
  ['tranches as an object', order({ tranches: {} }), '/tranches'],
  ['tranches of texts', order({ tranches: ['T1'] }), '/tranches'],
  ['tranches of nulls', order({ tranches: [null] }), '/tranches'],
  ['null tranches', order({ tranches: null }), '/tranches'],
  ['an empty id', order({ orderId: '' }), '/orderId'],
  ['an id with NUL', order({ orderId: 'PO\u0000' }), '/orderId'],
  ['an id with a lone surrogate', order({ orderId: 'PO' }).replace('"PO"', '"PO\\ud800"'), '/orderId'],
  ['an id with a bidirectional override', order({ orderId: 'PO\u202e1' }), '/orderId'],
  ['an id with a zero-width space', order({ orderId: 'PO\u200b1' }), '/orderId'],
  ['an id of 65 characters', order({ orderId: 'P'.repeat(65) }), '/orderId'],
  ['an id with a line break', order({ orderId: 'PO-1\n' }), '/orderId'],
  ['a reason with NUL', order({ reason: 'so\u0000' }), '/reason'],
  ['a reason with a lone surrogate', order({ reason: 'R' }).replace('"R"', '"\\udc00"'), '/reason'],
  ['a reason with a bidirectional override', order({ reason: 'a\u202eb' }), '/reason'],
  ['a blank reason', order({ reason: '  ' }), '/reason'],
  ['30 February', order({ effectiveAt: '2024-02-30' }), '/effectiveAt'],
  ['the infinite day', order({ effectiveAt: 'infinity' }), '/effectiveAt'],
  ['now', order({ effectiveAt: 'now' }), '/effectiveAt'],
  ['a far day', order({ effectiveAt: '9999-01-01' }), '/effectiveAt'],
  ['a five-digit year', order({ effectiveAt: '+12024-01-01' }), '/effectiveAt'],
  ['an instant for a day', order({ effectiveAt: '2024-01-01T00:00:00Z' }), '/effectiveAt'],
  ['a day as a number', order({ effectiveAt: 20240101 }), '/effectiveAt'],
  ['evidence without a hash', order({ evidence: [{ uri: 'https://example.com' }] }), '/evidence/0/sha256'],
  ['a body that is a list', '[]', ''],
  ['a body that is text', '"order"', ''],
  ['a body that is null', 'null', ''],
];

const MALFORMED: readonly [what: string, body: string | Uint8Array<ArrayBuffer>][] = [
  ['a truncated body', order({}).slice(0, -1)],
  ['an empty body', ''],
  ['a key twice', order({}).replace('{', '{"orderId":"PO-BAD",')],
  ['33 levels', `{"reason":${'['.repeat(32)}${']'.repeat(32)}}`],
  ['100,000 levels', '['.repeat(100_000)],
  ['a byte order mark', `\ufeff${order({})}`],
  ['bad UTF-8', Uint8Array.from([...Buffer.from('{"reason":"'), 0xff, ...Buffer.from('"}')])],
  ['an overlong UTF-8 encoding', Uint8Array.from([...Buffer.from('{"reason":"'), 0xc0, 0xaf, ...Buffer.from('"}')])],
  ['NaN', written('NaN')],
  ['hex', written('0x10')],
];

describe('bad input over HTTP', () => {
  let edge: RunningEdge;
  let path: string;
  let headers: { authorization: string };
  let before: unknown;
  const head = async () => (await edge.get('auditor', `/v1/ledgers/${edge.ledger}`)).body['headPosition'];

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    path = `/v1/ledgers/${edge.ledger}/orders`;
    headers = { authorization: await edge.bearer('tesla-buyer') };
    before = await head();
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  it.each(UNPROCESSABLE)('%s is a 422 that points at it', async (_what, body, pointer) => {
    const answer = await edge.postText(path, body, headers);
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.pointer]).toEqual([
      422,
      'VALIDATION_FAILED',
      pointer,
    ]);
  });

  it.each(MALFORMED)('%s is a 400', async (_what, body) => {
    const answer = await edge.postText(path, body, headers);
    expect([answer.status, answer.body.code]).toEqual([400, 'MALFORMED_JSON']);
  });

  it('takes 1 MiB and not a byte more', async () => {
    const ofLength = (length: number) => order({}).padEnd(length, ' ');
    expect((await edge.postText(path, ofLength(1024 * 1024 + 1), headers)).status).toBe(413);
    const whole = await edge.postText(path, `${ofLength(1024 * 1024 - 1)}x`, headers);
    expect([whole.status, whole.body.code]).toEqual([400, 'MALFORMED_JSON']);
  });

  it.each([
    ['compressed', { 'content-encoding': 'gzip' }],
    ['identity-encoded by name', { 'content-encoding': 'identity' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', { 'content-type': 'text/plain' }],
    ['JSON in UTF-16', { 'content-type': 'application/json; charset=utf-16' }],
    ['a patch', { 'content-type': 'application/merge-patch+json' }],
  ])('a body that is %s is a 415', async (_what, type) => {
    const body = 'content-encoding' in type ? Uint8Array.from(gzipSync(order({}))) : order({});
    expect((await edge.postText(path, body, { ...headers, ...type })).status).toBe(415);
  });

  it.each([
    ['missing', ''],
    ['too long', 'k'.repeat(129)],
    ['with a blank', 'a b'],
  ])('an Idempotency-Key that is %s is a 400', async (_what, key) => {
    const answer = await edge.postText(path, order({}), { ...headers, 'idempotency-key': key });
    expect([answer.status, answer.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_INVALID']);
  });

  it('carries out no command whose parameter or condition it does not understand', async () => {
    const code = async (at: string, more: Record<string, string>) => {
      const { status, body } = await edge.postText(at, order({}), { ...headers, ...more });
      return [status, body.code];
    };
    expect(await code(`${path}?dryrun=true`, {})).toEqual([400, 'QUERY_INVALID']);
    expect(await code(`${path}?dryRun=yes`, {})).toEqual([400, 'QUERY_INVALID']);
    expect(await code(`${path}?dryRun=true&dryRun=false`, {})).toEqual([400, 'QUERY_INVALID']);
    expect(await code('/v1/ledgers?dryRun=true', {})).toEqual([400, 'QUERY_INVALID']);
    expect(await code(path, { 'if-match': '"v1"' })).toEqual([400, 'PRECONDITION_UNSUPPORTED']);
    expect(await code(`${path}/PO-1/approvals`, { 'if-match': 'W/"v1"' })).toEqual([400, 'PRECONDITION_UNSUPPORTED']);
    expect(await code(`${path}/PO-1/approvals`, { 'if-match': '*' })).toEqual([400, 'PRECONDITION_UNSUPPORTED']);
    expect(await code(`${path}/PO-1/approvals`, { 'if-none-match': '"v1"' })).toEqual([
      400,
      'PRECONDITION_UNSUPPORTED',
    ]);
  });

  it.each([
    ['two lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['giant headers', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`],
    ['no HTTP', 'HELLO\r\n\r\n'],
  ])('%s are refused with a 4xx', async (_what, request) => {
    expect(await rawStatus(edge.url, request)).toMatch(/^HTTP\/1\.1 4\d\d/);
  });

  it.each([
    ['authorization', 'Bearer zzz'],
    ['content-type', 'text/plain'],
    ['idempotency-key', 'another'],
  ])('%s twice is a 400, whichever is believed elsewhere', async (name, value) => {
    const body = order({});
    const sent = {
      ...headers,
      'content-type': 'application/json',
      authorization: 'Bearer a.b.c',
      'idempotency-key': 'k',
    };
    const lines = [...Object.entries(sent), [name, value]].map((pair) => pair.join(': '));
    const head = [`POST ${path} HTTP/1.1`, 'host: a', `content-length: ${body.length}`, ...lines].join('\r\n');
    expect(await rawStatus(edge.url, `${head}\r\n\r\n${body}`)).toMatch(/^HTTP\/1\.1 400/);
  });

  it.each([
    'limit=1e9',
    'limit=0',
    'limit=501',
    'limit=1&limit=2',
    'limit=',
    'asOf=-1',
    'asOf=1.5',
    'asOf=999999',
    'asOf=now',
    'asOf=2024-02-30T00:00:00Z',
    'asOf=2024-01-01T24:00:00Z',
    'validAt=infinity',
    'minPosition=x',
    'cursor=forged',
    `cursor=${Buffer.from('[1,"a"]').toString('base64url')}.${'A'.repeat(43)}`,
    'colour=red',
    '__proto__=1',
  ])('a query of %s is a 400', async (query) => {
    expect((await edge.get('auditor', `/v1/ledgers/${edge.ledger}/delivery-schedule?${query}`)).status).toBe(400);
  });

  it.each([
    '/v1/ledgers/house/orders/%00/approvals',
    '/v1/ledgers/house/orders/%E2%80%AE/approvals',
    '/v1/ledgers/house/orders/a%20b/approvals',
  ])('an id in the path that is none (%s) is a 422', async (at) => {
    const answer = await edge.postText(at, '{}', headers);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/orderId']);
  });

  it('answers paths that are not there, or no paths, as problems', async () => {
    const unknown = await edge.get('auditor', '/v1/nowhere');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'ROUTE_UNKNOWN']);
    const broken = await edge.get('auditor', '/v1/ledgers/%E0%A4%A');
    expect([broken.status, broken.body.code]).toEqual([400, 'MALFORMED_HTTP']);
  });

  it('has appended nothing of all this', async () => {
    expect(await head()).toBe(before);
  });
});

function rawStatus(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.once('data', (data) => {
      resolve(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
