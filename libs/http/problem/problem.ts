import type { RejectionFields } from '#libs/kernel';
import { problemCode, type EdgeCode } from './problem-codes.ts';

/** One field that is wrong: where it is, and what it must be. */
export interface FieldError {
  /** RFC 6901 into the body, or the parameter's name after a slash. */
  readonly pointer: string;
  readonly detail: string;
}

/** What a rejection says, and lists of what belongs to it. */
export type ProblemFields = Readonly<Record<string, RejectionFields[string] | readonly object[]>>;

export interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Figures and ids of a broken rule. */
  readonly fields?: ProblemFields;
  readonly retryAfterSeconds?: number;
  /** The answer was given before, to the same command. */
  readonly replayed?: boolean;
}

/** Ends a request with the answer that its code stands for. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly details: ProblemDetails = {},
  ) {
    super(code);
  }
}

/** A {@link Problem} of the edge itself. */
export function edgeProblem(code: EdgeCode, details: ProblemDetails = {}): Problem {
  return new Problem(code, details);
}

/** RFC 9457, `application/problem+json`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly hint: string;
  readonly errors?: readonly FieldError[];
  readonly fields?: ProblemFields;
  readonly traceId: string;
}

export function problemBody({ code, details }: Problem, traceId: string): ProblemBody {
  const { status, title, hint } = problemCode(code);
  return {
    type: `/problems/${code}`,
    title,
    status,
    code,
    detail: details.detail ?? detailOf(details) ?? title,
    hint,
    ...(details.errors === undefined ? {} : { errors: details.errors }),
    ...(details.fields === undefined ? {} : { fields: details.fields }),
    traceId,
  };
}

function detailOf({ errors, fields }: ProblemDetails): string | undefined {
  if (errors?.[0] !== undefined) return `${errors[0].pointer || 'the body'} ${errors[0].detail}`;
  const named = Object.entries(fields ?? {}).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? [] : [`${name} ${String(value)}`],
  );
  return named.length === 0 ? undefined : named.join(', ');
}
