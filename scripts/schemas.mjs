/**
 * npm run schemas [-- --release]: writes libs/contracts/schemas from the types of the events; refuses (exit code 1) to change
 * one that is released. `--release` puts today's among those that stay as they are; a past version is there in any case.
 */
import './steps/node-version.mjs';
import { generateSchemas } from './schemas/event-types.mjs';
import { digestOf, past, review } from './schemas/review.mjs';
import { dropSchema, keptSchemas, releasedDigests, writeReleased, writeSchema } from './schemas/stored.mjs';
import { buildWhenChanged } from './steps/build.mjs';
import { fail } from './steps/fail.mjs';
import { inProject, step } from './steps/project.mjs';

await step('Build', buildWhenChanged).catch(fail);
await step('Schemas of the events', writeSchemas).catch(fail);

async function writeSchemas() {
  const { schemaVersionOf } = await import(inProject('dist', 'libs', 'contracts', 'index.js'));
  const generated = generateSchemas(schemaVersionOf);
  const kept = keptSchemas();
  const released = { ...digestsOf(past(kept, generated)), ...releasedDigests() };
  const { refused, write, drop } = review({ generated, kept, released });
  for (const [file, schema] of Object.entries(write)) await writeSchema(file, schema);
  for (const file of drop) await dropSchema(file);
  await writeReleased(process.argv.includes('--release') ? { ...digestsOf(generated), ...released } : released);
  for (const text of refused) console.error(`✗ ${text}`);
  if (refused.length > 0) process.exitCode = 1;
  return `${Object.keys(generated).length} events: ${Object.keys(write).length} written, ${drop.length} dropped, ${refused.length} refused`;
}

function digestsOf(schemas) {
  return Object.fromEntries(Object.entries(schemas).map(([file, schema]) => [file, digestOf(schema)]));
}
