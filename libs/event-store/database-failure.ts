import { types } from 'node:util';
import pg from 'pg';
import { DatabaseUnavailable, EventStoreError } from './errors.ts';

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
  return types.isNativeError(error) ? 'unreachable' : 'refused';
}

const OWN_FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError] as const;

/**
 * DatabaseUnavailable where `error` says that PostgreSQL is gone, gives way or is full; anything else, errors with a class of
 * their own among it, as it is. For errors of calls to the database alone: pg's own have no class.
 */
export function unavailable(error: unknown): unknown {
  const isPgs = error instanceof pg.DatabaseError || (types.isNativeError(error) && PLAIN.has(error.constructor.name));
  return isPgs && failureOf(error) === 'unreachable' ? new DatabaseUnavailable(error) : error;
}

/** Whether `error` came from the database and says so. */
export function saysUnavailable(error: unknown): boolean {
  return (
    error instanceof DatabaseUnavailable || (error instanceof pg.DatabaseError && failureOf(error) === 'unreachable')
  );
}

const PLAIN: ReadonlySet<string> = new Set(['Error', 'AggregateError']);
