/** A variable of the environment is missing or wrong. Names it, never its value. */
export class ConfigInvalid extends Error {
  readonly code = 'CONFIG_INVALID';
  constructor(
    readonly variable: string,
    expectation?: string,
  ) {
    super(expectation === undefined ? `${variable} is missing or wrong` : `${variable} must be ${expectation}`);
  }
}
