import { run, step } from './project.mjs';

export const STATIC_CHECKS = [
  { name: 'format', script: 'format:check' },
  { name: 'lint', script: 'lint' },
  { name: 'types', script: 'typecheck' },
  { name: 'import rules', script: 'check:imports' },
];

/** Runs an npm script as one test: it passes with exit code 0. */
export async function staticCheck({ name, script }) {
  let code = 1;
  await step(`Check: ${name}`, async () => {
    code = await run('npm', ['run', '--silent', script]);
    return code === 0 ? 'passed' : `failed (exit code ${code})`;
  });
  return code === 0 ? { name, passed: 1, failed: 0 } : { name, passed: 0, failed: 1 };
}
