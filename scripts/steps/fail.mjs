/** Ends a script with what went wrong: a sentence for what can happen, a stack for what should not. */
export function fail(error) {
  console.error(typeof error.code === 'string' ? `✗ ${error.message}` : error);
  process.exit(1);
}
