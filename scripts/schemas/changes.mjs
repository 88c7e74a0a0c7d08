/**
 * What `after` says of an event that `before` did not, and the other way round, as texts; descriptions do not count.
 * `breaking`: a body that was right is wrong now, or one who relies on what was promised is left without it.
 */
export function changesBetween(before, after, pointer = '') {
  const found = [];
  const tell = (change, breaking, at = pointer) => found.push({ pointer: at, change, breaking });
  if ((before.anyOf ?? after.anyOf) !== undefined) {
    if (meaningOf(before) !== meaningOf(after)) tell('another choice of shapes', true);
    return found;
  }
  narrowed(before, after, tell);
  for (const each of fieldChanges(before, after, pointer)) found.push(each);
  if (before.items !== undefined && after.items !== undefined) {
    found.push(...changesBetween(before.items, after.items, `${pointer}/*`));
  }
  return found;
}

/** The schema as one text in which only what binds a body stands. */
export function meaningOf(schema) {
  return JSON.stringify(bare(schema));
}

function narrowed(before, after, tell) {
  const [types, typesNow] = [typesOf(before), typesOf(after)];
  if (types !== null || typesNow !== null) {
    if (lacks(typesNow, types)) tell(`narrower type: ${said(types)} is ${said(typesNow)}`, true);
    else if (lacks(types, typesNow)) tell(`wider type: ${said(types)} is ${said(typesNow)}`, false);
  }
  const [values, valuesNow] = [valuesOf(before), valuesOf(after)];
  if (lacks(valuesNow, values)) tell(`narrower choice: ${said(values)} is ${said(valuesNow)}`, true);
  else if (lacks(values, valuesNow)) tell(`wider choice: ${said(values)} is ${said(valuesNow)}`, false);
  for (const limit of LIMITS) {
    if (before[limit] !== after[limit]) {
      tell(`${limit} ${before[limit] ?? 'none'} is ${after[limit] ?? 'none'}`, after[limit] !== undefined);
    }
  }
  if (typeof before.additionalProperties !== typeof after.additionalProperties) tell('another set of fields', true);
}

const LIMITS = ['pattern', 'format', 'minimum', 'maximum'];

function fieldChanges(before, after, pointer) {
  const [fields, fieldsNow] = [before.properties ?? {}, after.properties ?? {}];
  const required = (schema, name) => schema.required?.includes(name) ?? false;
  const gone = Object.keys(fields).filter((name) => !(name in fieldsNow));
  const added = Object.keys(fieldsNow).filter((name) => !(name in fields));
  const kept = Object.keys(fields).filter((name) => name in fieldsNow);
  return [
    ...gone.map((name) => ({ pointer: `${pointer}/${name}`, change: 'removed field', breaking: true })),
    ...added.map((name) => ({
      pointer: `${pointer}/${name}`,
      change: required(after, name) ? 'new required field' : 'new optional field',
      breaking: required(after, name),
    })),
    ...kept.flatMap((name) => {
      const [was, is] = [required(before, name), required(after, name)];
      const change = is ? 'required, was optional' : 'optional, was required';
      const changed = was === is ? [] : [{ pointer: `${pointer}/${name}`, change, breaking: true }];
      return [...changed, ...changesBetween(fields[name], fieldsNow[name], `${pointer}/${name}`)];
    }),
  ];
}

/** Null: any. */
function typesOf({ type, const: only }) {
  if (type === undefined) return only === undefined ? null : [typeof only];
  return [type].flat();
}

/** Null: any. */
function valuesOf({ enum: values, const: only }) {
  return values ?? (only === undefined ? null : [only]);
}

/** Whether `some` leaves out one of `all`; null leaves out nothing. */
function lacks(some, all) {
  return some !== null && (all === null || all.some((each) => !some.includes(each)));
}

const said = (list) => (list === null ? 'any' : list.join(' or '));

const NOTES = ['$schema', 'title', 'description'];

function bare(value) {
  if (Array.isArray(value)) return value.map(bare).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name, held]) => !NOTES.includes(name) || typeof held !== 'string');
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => [name, bare(held)]));
}
