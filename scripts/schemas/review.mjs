import { createHash } from 'node:crypto';
import { changesBetween, meaningOf } from './changes.mjs';

/**
 * Holds the schemas that the types give today against those kept, by file name. `released` has the digest of each that
 * somebody's ledger may rest on: it stays as it is for ever.
 * `refused` says what must not be; `write` and `drop` is what `npm run schemas` does.
 */
export function review({ generated, kept, released }) {
  const refused = [];
  const write = {};
  for (const [file, schema] of Object.entries(generated)) {
    const before = kept[file];
    const changed = before === undefined || meaningOf(before) !== meaningOf(schema);
    if (changed && before !== undefined && file in released) refused.push(...changesRefused(file, before, schema));
    else if (changed || JSON.stringify(before) !== JSON.stringify(schema)) write[file] = schema;
  }
  for (const [file, digest] of Object.entries(released)) {
    if (kept[file] === undefined) refused.push(`${file} is released and is gone: ${PUT_BACK}`);
    else if (digestOf(kept[file]) !== digest) refused.push(`${file} is released and was edited: ${PUT_BACK}`);
  }
  const others = Object.keys(kept).filter((file) => !(file in generated));
  const succeeded = past(kept, generated);
  for (const file of others.filter((each) => each in released && !(each in succeeded))) {
    refused.push(`${file} is released and its event is no more: events of it lie in ledgers, the type must stay`);
  }
  return { refused, write, drop: others.filter((file) => !(file in released)) };
}

/** SHA-256, in lower-case hex, of what binds a body. */
export function digestOf(schema) {
  return createHash('sha256').update(meaningOf(schema)).digest('hex');
}

const PUT_BACK = 'take it from the history again';

function changesRefused(file, before, after) {
  const { type, version } = named(file);
  const next = `give ${type} version ${version + 1} in libs/contracts/upcasters.ts, then npm run schemas`;
  const changes = changesBetween(before, after);
  const told = changes.length === 0 ? [{ pointer: '', change: 'another meaning', breaking: true }] : changes;
  return told.map(({ pointer, change, breaking }) => {
    return `${file} is released and has changed: ${pointer} ${change}${breaking ? ' (breaking)' : ''}; ${next}`;
  });
}

/** Those kept whose type is written in a later version today. */
export function past(kept, generated) {
  const now = new Map(Object.keys(generated).map((file) => [named(file).type, named(file).version]));
  const earlier = ([file]) => named(file).version < (now.get(named(file).type) ?? 0);
  return Object.fromEntries(Object.entries(kept).filter(earlier));
}

function named(file) {
  const [, type, version] = /^(\w+)\.v(\d+)\.json$/.exec(file);
  return { type, version: Number(version) };
}
