/** npm run build: dist, when a source changed. */
import './steps/node-version.mjs';
import { buildWhenChanged } from './steps/build.mjs';
import { fail } from './steps/fail.mjs';
import { step } from './steps/project.mjs';

await step('Build', buildWhenChanged).catch(fail);
