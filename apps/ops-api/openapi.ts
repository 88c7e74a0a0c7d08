import { openApiDocument } from '#libs/http';

/** Prints docs/openapi.json: `node dist/apps/ops-api/openapi.js > docs/openapi.json`. */
process.stdout.write(`${JSON.stringify(await openApiDocument(), null, 2)}\n`);
