import type { DocumentedField } from '#libs/http';
import { UsageError } from '../cli/usage-error.ts';

/** The part of an OpenAPI document that says which reports there are. */
export interface ReportsDocument {
  readonly paths?: Readonly<Record<string, { readonly get?: Operation }>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema?: Schema }>> }>>;
}

interface Schema extends DocumentedField {
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** A report that the API gives: what it can be asked by, and the fields of a row. */
export interface Report {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly fields: readonly (readonly [name: string, schema: DocumentedField])[];
}

const PATH = /^\/v1\/ledgers\/\{ledger\}\/([a-z-]+)$/;

/** Every report of `document` by its name: what can be read of a ledger as a table. */
export function reportsOf(document: ReportsDocument): ReadonlyMap<string, Report> {
  const reports = Object.entries(document.paths ?? {}).flatMap(([path, { get }]) => {
    const name = PATH.exec(path)?.[1];
    const content = get?.responses?.['200']?.content ?? {};
    if (name === undefined || !Object.hasOwn(content, 'text/csv')) return [];
    const asked = (get?.parameters ?? []).filter((each) => each.in === 'query' && each.name !== 'cursor');
    const fields = rowFields(content['application/json']?.schema, document);
    return [[name, { name, parameters: asked.map((each) => each.name), fields }] as const];
  });
  return new Map(reports.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The report called `name`; else {@link UsageError} with the names that there are. */
export function reportNamed(reports: ReadonlyMap<string, Report>, name: string): Report {
  const report = reports.get(name);
  if (report !== undefined) return report;
  throw new UsageError(`there is no report ${JSON.stringify(name)}; there are ${[...reports.keys()].join(', ')}`);
}

function rowFields(answer: Schema | undefined, document: ReportsDocument): Report['fields'] {
  const items = resolved(answer, document)?.properties?.['items'];
  return Object.entries(resolved(items?.items, document)?.properties ?? {});
}

function resolved(schema: Schema | undefined, { components }: ReportsDocument): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema : components?.schemas?.[name];
}
