import type { OpenAPIObject } from '@nestjs/swagger';
import { admissionTo } from '#libs/access';

/** Says of every operation who may call it: `x-roles`, or no security where everyone may. */
export function withAdmissions(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const operations = Object.entries(item as Record<string, object>).map(([method, operation]) => [
      method,
      admitted(`${method.toUpperCase()} ${path}`, operation),
    ]);
    return [path, Object.fromEntries(operations)] as const;
  });
  return { ...document, paths: Object.fromEntries<OpenAPIObject['paths'][string]>(paths) };
}

function admitted(route: string, operation: object): object {
  const admission = admissionTo(route);
  return admission === 'public' ? { ...operation, security: [] } : { ...operation, 'x-roles': admission };
}
