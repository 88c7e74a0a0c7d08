/** npm test [-- --long]: prepares, checks, runs every suite; the last line says how many passed and failed. */
import './steps/node-version.mjs';
import { ensureChromium } from './steps/chromium.mjs';
import { fail } from './steps/fail.mjs';
import { prepare } from './steps/prepare.mjs';
import { step } from './steps/project.mjs';
import { staticCheck, STATIC_CHECKS } from './steps/static-checks.mjs';
import { jestSuite } from './steps/suites.mjs';

const SUITES = ['unit', 'int', 'e2e', ...(process.argv.includes('--long') ? ['long'] : [])];

await test().catch((error) => {
  console.log('0 passed, 1 failed');
  fail(error);
});

async function test() {
  await prepare({ kafka: 'required' });
  await step('Chromium', ensureChromium);
  const results = [];
  for (const check of STATIC_CHECKS) results.push(await staticCheck(check));
  for (const suite of SUITES) results.push(await jestSuite(suite));
  summarise(results);
}

function summarise(results) {
  console.log('');
  for (const { name, passed, failed, remark } of results) {
    console.log(
      `${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed${remark ? ` (${remark})` : ''}`,
    );
  }
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}
