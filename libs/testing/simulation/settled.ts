import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';

/**
 * Returns when all that is resolved has gone as far as it can: what V8 does between two turns of the event loop, without
 * a turn, which costs several times as much. Does nothing within a promise's reaction.
 */
export const settled = checkpoint();

function checkpoint(): () => void {
  setFlagsFromString('--allow-natives-syntax');
  const run = runInThisContext('() => %PerformMicrotaskCheckpoint()') as () => void;
  run();
  setFlagsFromString('--no-allow-natives-syntax');
  return run;
}
