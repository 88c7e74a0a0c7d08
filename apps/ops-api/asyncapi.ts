import { asyncApiDocument } from '#libs/contracts';

/** Prints docs/asyncapi.json: `node dist/apps/ops-api/asyncapi.js > docs/asyncapi.json`. */
process.stdout.write(`${JSON.stringify(asyncApiDocument(), null, 2)}\n`);
