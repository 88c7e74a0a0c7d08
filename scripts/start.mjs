/** npm start: prepares, then becomes `waybill start`, in this very process: signals reach it without a middleman. */
import './steps/node-version.mjs';
import { fail } from './steps/fail.mjs';
import { prepare } from './steps/prepare.mjs';
import { inProject } from './steps/project.mjs';

await prepare({ kafka: 'optional' }).catch(fail);

const main = inProject('dist', 'apps', 'waybill', 'main.js');
process.chdir(inProject());
process.argv = [process.execPath, main, 'start', ...process.argv.slice(2)];
await import(main);
