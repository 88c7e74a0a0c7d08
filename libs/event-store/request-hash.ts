import { createHash } from 'node:crypto';

/** SHA-256 of a request's canonical text in lower-case hex: tells a repeat from another request under the same id. */
export function requestHash(request: string): string {
  return createHash('sha256').update(request).digest('hex');
}
