/**
 * What a Jest run counts for. Nothing fails silently: a spec file that did not run, a skipped or pending test, a suite
 * without tests, a missing report and an exit code without a failed test each count as failures.
 */
export function suiteResult(name, exitCode, report) {
  if (report === null) return { name, passed: 0, failed: 1, remark: `no report, exit code ${exitCode}` };
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped;
  if (passed + failed === 0) return { name, passed, failed: 1, remark: 'no tests' };
  if (failed === 0 && exitCode !== 0) return { name, passed, failed: 1, remark: `exit code ${exitCode}` };
  return { name, passed, failed, remark: skipped > 0 ? `${skipped} skipped` : '' };
}
