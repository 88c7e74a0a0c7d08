import type { OpenAPIObject } from '@nestjs/swagger';

/** Says of every request body that unknown fields are refused, which the decorators cannot. */
export function withClosedBodies(document: OpenAPIObject): OpenAPIObject {
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => {
    const closed = REQUESTS.test(name) && 'type' in schema;
    return [name, closed ? { ...schema, additionalProperties: false } : schema] as const;
  });
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}

const REQUESTS =
  /^(Open|Register|Record|Report|Approve|Place|Confirm|Dispatch|Receive|Accept(?!ed|ance)|Propose|Requested|Ordered|Evidence|DemoToken)\w*Dto$/;
