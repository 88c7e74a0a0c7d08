/** Packages, build, Kafka's jars; each only when needed. */
import './steps/node-version.mjs';
import { fail } from './steps/fail.mjs';
import { prepare } from './steps/prepare.mjs';

await prepare({ kafka: 'required' }).catch(fail);
