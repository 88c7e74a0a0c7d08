/** What a rejection says beside its code: ids and figures that let the reader see why. */
export type RejectionFields = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A broken rule. `code` is a contract: stable, upper case, listed in docs/glossary.md.
 * Thrown by `decide`; the command is rejected with it and nothing is appended.
 *
 * @example throw new DomainError('BUDGET_EXCEEDED', { companyId: 'TESLA', limitCents: 100, neededCents: 120 });
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: string,
    readonly fields: RejectionFields = {},
  ) {
    super(code);
  }
}
