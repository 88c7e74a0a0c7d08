import { generateKeyPairSync } from 'node:crypto';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { Controller, Get, Module } from '@nestjs/common';
import { pino } from 'pino';
import { admissionTo, COMPANY_ROLES, GROUP_ROLES } from '#libs/access';
import { createEdge, openApiDocument, RouteNotInPolicy } from '../index.ts';
import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';

describe('admission over HTTP', () => {
  let edge: RunningEdge;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await edge.openLedger();
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  it('admits each role to the routes of the policy and to no other', async () => {
    const { paths } = await openApiDocument();
    const routes = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const actors = [...COMPANY_ROLES.map((role) => `tesla-${role}`), ...GROUP_ROLES];
    const wrong: string[] = [];
    for (const route of routes.filter((each) => admissionTo(each) !== 'public')) {
      const admission = admissionTo(route) as readonly string[];
      for (const actor of actors) {
        const { status, body } = await ask(edge, route, await edge.bearer(actor));
        const refused = status === 403 && body.code === 'ROLE_REFUSED';
        if (refused === admission.includes(actor.replace('tesla-', ''))) wrong.push(`${route} ${actor}: ${status}`);
      }
    }
    expect(routes.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  }, 60_000);

  describe('a token', () => {
    const claims = {
      sub: 'admin',
      role: 'admin',
      iss: 'http://issuer.test',
      aud: 'waybill',
      iat: now(),
      exp: now() + 60,
    };

    it.each([
      ['of an unknown issuer', { ...claims, iss: 'http://else.test' }, 'at+jwt'],
      ['for another audience', { ...claims, aud: 'else' }, 'at+jwt'],
      ['that has run out', { ...claims, exp: now() - 60 }, 'at+jwt'],
      ['that never runs out', { ...claims, exp: undefined }, 'at+jwt'],
      ['that is not valid yet', { ...claims, nbf: now() + 60 }, 'at+jwt'],
      ['that is an ID token', claims, 'JWT'],
      ['without a role', { ...claims, role: undefined }, 'at+jwt'],
      ['with a role that is none', { ...claims, role: 'root' }, 'at+jwt'],
      ['of a company role without a company', { ...claims, role: 'cfo' }, 'at+jwt'],
      ['of a group role with a company', { ...claims, company: 'tesla' }, 'at+jwt'],
    ])('%s is refused', async (_what, payload, typ) => {
      expect(await statusWith(await signed(edge, payload, typ))).toBe(401);
    });

    it('like these, but right, is taken', async () => {
      expect(await statusWith(await signed(edge, claims, 'at+jwt'))).toBe(200);
    });

    it('without a signature is refused', async () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      expect(await statusWith(`${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.`)).toBe(401);
    });

    it('signed with the public key as a secret is refused', async () => {
      const secret = new TextEncoder().encode(JSON.stringify(edge.issuer.jwks.keys[0]));
      const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(secret);
      expect(await statusWith(token)).toBe(401);
    });

    it('signed with another key is refused, with the same kid too', async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = await importJWK(privateKey.export({ format: 'jwk' }) as never, 'ES256');
      const kid = edge.issuer.jwks.keys[0]?.kid ?? '';
      expect(
        await statusWith(await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(key)),
      ).toBe(401);
    });

    it('with one character changed is refused', async () => {
      const token = (await edge.bearer('admin')).slice('Bearer '.length);
      const [head = '', body = '', signature = ''] = token.split('.');
      const changed = Buffer.from(
        JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), role: 'auditor' }),
      ).toString('base64url');
      expect(await statusWith(`${head}.${changed}.${signature}`)).toBe(401);
    });

    it.each(['', 'Basic YTpi', 'Bearer', 'Bearer x', `Bearer ${'a'.repeat(9000)}.b.c`])(
      'header %p is refused',
      async (authorization) => {
        const answer = await read(`${edge.url}/v1/ledgers`, authorization);
        expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      },
    );

    const statusWith = async (token: string) => (await read(`${edge.url}/v1/ledgers`, `Bearer ${token}`)).status;
  });

  it('knows no actor without a role', async () => {
    const answer = await edge.postText('/demo/token', '{"actor":"tesla-king"}', {});
    expect([answer.status, answer.body.code]).toEqual([404, 'ACTOR_UNKNOWN']);
    const token = await edge.postText('/demo/token', '{"actor":"tesla-cfo"}', {});
    expect([token.status, token.body]).toEqual([
      200,
      { access_token: expect.any(String) as string, token_type: 'Bearer', expires_in: 3600 },
    ]);
  });

  it('answers with headers that give a browser nothing', async () => {
    const { headers } = await read(`${edge.url}/health/live`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(['nosniff', 'no-store']);
  });

  it('serves the document, the docs and their scripts from here alone', async () => {
    const page = await fetch(`${edge.url}/docs`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html.match(/(?:src|href)="(?:https?:)?\/\/[^"]+/g)).toBeNull();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    for (const [, file] of html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)) {
      expect((await read(new URL(file ?? '', page.url).href)).status).toBe(200);
    }
    expect((await edge.get('auditor', '/openapi.json')).body['openapi']).toBe('3.1.0');
    expect((await edge.get('auditor', '/asyncapi.json')).body['asyncapi']).toBe('3.0.0');
  });
});

describe('an application', () => {
  it('refuses to start with a route that the policy does not name', async () => {
    const options = { bearer: () => Promise.reject(new Error('nobody')), logger: pino({ level: 'silent' }) };
    await expect(createEdge([{ module: PlantedModule }], options)).rejects.toThrow(RouteNotInPolicy);
  });

  it(
    'turns away a caller that asks too often',
    async () => {
      const edge = await RunningEdge.start({ callerRatePerSecond: 5 });
      try {
        const answers = await Promise.all(Array.from({ length: 20 }, () => edge.get('auditor', '/v1/ledgers')));
        const statuses = answers.map(({ status }) => status);
        expect(new Set(statuses)).toEqual(new Set([200, 429]));
        expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1');
        expect((await edge.get('analyst', '/v1/ledgers')).status).toBe(200);
      } finally {
        await edge.stop();
      }
    },
    STARTING_MS,
  );
});

@Controller('v1/backdoor')
class PlantedController {
  @Get()
  open(): string {
    return 'anyone';
  }
}

@Module({ controllers: [PlantedController] })
class PlantedModule {}

async function ask(edge: RunningEdge, route: string, authorization: string) {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replace('{ledger}', edge.ledger).replaceAll(/\{\w+\}/g, 'ID');
  if (method === 'POST') return edge.postText(path, '{}', { authorization });
  const response = await fetch(edge.url + path, { headers: { authorization } });
  if (response.headers.get('content-type') !== 'text/event-stream')
    return { status: response.status, body: (await response.json()) as { code?: string } };
  await response.body?.cancel();
  return { status: response.status, body: {} };
}

/** The whole answer: what is left unread keeps its connection. */
async function read(url: string, authorization = ''): Promise<Response> {
  const response = await fetch(url, { headers: { authorization } });
  await response.arrayBuffer();
  return response;
}

async function signed(edge: RunningEdge, payload: object, typ: string): Promise<string> {
  return edge.issuer.sign(JSON.parse(JSON.stringify(payload)) as JWTPayload, typ);
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
