import type { OpenAPIObject } from '@nestjs/swagger';

/** Says of every request body, and of what lies in it, that unknown fields are refused, which the decorators cannot. */
export function withClosedBodies(document: OpenAPIObject): OpenAPIObject {
  const asked = askedSchemas(document);
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => {
    const closed = asked.has(name) && 'type' in schema;
    return [name, closed ? { ...schema, additionalProperties: false } : schema] as const;
  });
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}

/** The names of the schemas that request bodies are made of. */
export function askedSchemas({ paths, components }: OpenAPIObject): ReadonlySet<string> {
  const bodies = Object.values(paths).flatMap(({ post }) =>
    post?.requestBody === undefined ? [] : [post.requestBody],
  );
  const asked = new Set(bodies.flatMap(schemasNamedIn));
  // A set hears in its turn of what is added while it is walked.
  for (const name of asked) for (const each of schemasNamedIn(components?.schemas?.[name] ?? {})) asked.add(each);
  return asked;
}

function schemasNamedIn(part: object): readonly string[] {
  return [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
}
