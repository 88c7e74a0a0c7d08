import pg from 'pg';
import { EventStoreError } from '../errors.ts';

/**
 * `unreachable`: the server is gone, gives way or is full; whether the call took effect is unknown, the same may go through later.
 * `refused`: it answered that it will not, or our own code failed: the same would fail again.
 */
export type DatabaseFailure = 'unreachable' | 'refused';

/** SQLSTATE classes that pass: 08 connection, 25 transaction ended by a timeout or a standby, 40 rolled back, 53 resources, 57 operator, 58 system. */
const PASSING_CLASSES: ReadonlySet<string> = new Set(['08', '25', '40', '53', '57', '58']);
const LOCK_NOT_AVAILABLE = '55P03';

export function failureOf(error: unknown): DatabaseFailure {
  if (error instanceof pg.DatabaseError) {
    const state = error.code ?? '';
    return PASSING_CLASSES.has(state.slice(0, 2)) || state === LOCK_NOT_AVAILABLE ? 'unreachable' : 'refused';
  }
  if (error instanceof EventStoreError || OWN_FAULTS.some((fault) => error instanceof fault)) return 'refused';
  // pg says that a connection broke, or that a pool has none left, by plain errors without a code.
  return error instanceof Error ? 'unreachable' : 'refused';
}

const OWN_FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError] as const;
