import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inProject, run, step } from './project.mjs';
import { suiteResult } from './suite-result.mjs';

/** Runs one of Jest's projects in a process of its own and counts its tests. */
export async function jestSuite(name) {
  const report = inProject('.waybill', 'test', `${name}.json`);
  mkdirSync(inProject('.waybill', 'test'), { recursive: true });
  rmSync(report, { force: true });
  let exitCode = 1;
  await step(`Suite: ${name}`, async () => {
    exitCode = await run(process.execPath, jestArguments(name, report), {
      env: { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
    });
  });
  const jest = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  return suiteResult(name, exitCode, jest);
}

/** Suites whose specs each start a whole Waybill: one at a time, on machines of two cores. */
const ALONE = ['e2e', 'long'];

function jestArguments(name, report) {
  const jest = inProject('node_modules', 'jest', 'bin', 'jest.js');
  const workers = ALONE.includes(name) ? '--runInBand' : '--maxWorkers=2';
  return [jest, '--selectProjects', name, workers, '--ci', '--json', `--outputFile=${report}`];
}
