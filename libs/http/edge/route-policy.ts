import type { FastifyInstance } from 'fastify';
import { admissionTo } from '#libs/access';
import { routeName } from '../admission/asked.ts';

/** The application brings routes that the policy does not name: nobody has said who may call them. */
export class RouteNotInPolicy extends Error {
  readonly code = 'ROUTE_NOT_IN_POLICY';
  constructor(readonly routes: readonly string[]) {
    super(`not in the policy: ${routes.join(', ')}`);
  }
}

/** A route whose requests are judged where they are sent on to. */
export interface ForwardedRoute {
  readonly forwarded: true;
}

/** Notes every route that is registered from now on. */
export function watchRoutes(fastify: FastifyInstance): { assertAllInPolicy(): void } {
  const seen = new Set<string>();
  fastify.addHook('onRoute', ({ method, url, config }) => {
    if (config !== undefined && 'forwarded' in config) return;
    for (const each of [method].flat()) seen.add(routeName(each, url));
  });
  return {
    assertAllInPolicy: () => {
      const unnamed = [...seen].filter((route) => admissionTo(route) === undefined);
      if (unnamed.length > 0) throw new RouteNotInPolicy(unnamed);
    },
  };
}
