import { suiteResult, type JestReport } from './suite-result.mjs';

const report = (counts: Partial<JestReport>) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  ...counts,
});

describe('what a Jest run counts for', () => {
  it('is what passed', () => {
    expect(suiteResult('unit', 0, report({ numPassedTests: 3 }))).toMatchObject({ passed: 3, failed: 0 });
  });

  it.each([
    ['a failed test', 1, { numPassedTests: 3, numFailedTests: 2 }, 2],
    ['a spec file that did not run', 1, { numPassedTests: 3, numRuntimeErrorTestSuites: 1 }, 1],
    ['a skipped test', 0, { numPassedTests: 3, numPendingTests: 1 }, 1],
    ['a test left to do', 0, { numPassedTests: 3, numTodoTests: 1 }, 1],
    ['an exit code without a failed test', 1, { numPassedTests: 3 }, 1],
    ['no test at all', 0, {}, 1],
  ])('counts %s as failure', (_, exitCode, counts, failed) => {
    expect(suiteResult('unit', exitCode, report(counts))).toMatchObject({ failed });
  });

  it('counts a missing report as failure', () => {
    expect(suiteResult('unit', 0, null)).toMatchObject({ passed: 0, failed: 1 });
  });
});
