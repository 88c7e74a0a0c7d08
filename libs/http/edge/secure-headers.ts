import type { FastifyInstance } from 'fastify';

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const OWN = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** Swagger UI writes style attributes. */
const DOCS = `${OWN}; style-src 'self' 'unsafe-inline'`;

/** Every answer says what a browser may do with it: nothing, but for the UI and the docs, which use their own files alone. */
export function secureHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers({ ...HEADERS, 'content-security-policy': policyOf(request.url) });
    done();
  });
}

function policyOf(url: string): string {
  if (url === '/docs' || url.startsWith('/docs/')) return DOCS;
  return /^\/[\w.-]*(\?|$)/.test(url) ? OWN : NOTHING;
}
