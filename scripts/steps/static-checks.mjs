import { run, step } from './project.mjs';

/** The linter of OpenAPI would say at home that it runs, and ask there for a newer one. */
const OFFLINE = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

export const STATIC_CHECKS = [
  { name: 'format', script: 'format:check' },
  { name: 'lint', script: 'lint' },
  { name: 'types', script: 'typecheck' },
  { name: 'import rules', script: 'check:imports' },
  { name: 'OpenAPI', script: 'check:openapi', env: OFFLINE },
];

/** Runs an npm script as one test: it passes with exit code 0. */
export async function staticCheck({ name, script, env }) {
  let code = 1;
  await step(`Check: ${name}`, async () => {
    code = await run('npm', ['run', '--silent', script], { env });
    return code === 0 ? 'passed' : `failed (exit code ${code})`;
  });
  return code === 0 ? { name, passed: 1, failed: 0 } : { name, passed: 0, failed: 1 };
}
