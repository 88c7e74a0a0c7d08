/** A line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Does `work` and says how long it took. */
export async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const startedMs = performance.now();
  const result = await work();
  say(`  ${name.padEnd(12)} ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return result;
}

/** What went wrong, in one or a few lines, without a stack: that is in the log. */
export function failureLine(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  return `waybill: ${typeof code === 'string' ? `${code}: ` : ''}${text}`;
}
