import type { AccessToken } from '#libs/access';
import { edgeProblem } from '../problem/problem.ts';

/** The token, or `ACTOR_UNKNOWN`. */
export function knownActor(actor: string, token: AccessToken | null): AccessToken {
  if (token === null) throw edgeProblem('ACTOR_UNKNOWN', { fields: { actor } });
  return token;
}
