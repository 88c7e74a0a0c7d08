/** The part of an OpenAPI document that says where commands go. */
export interface OpenApiDocument {
  readonly paths?: Readonly<Record<string, { readonly post?: { readonly 'x-command'?: unknown } }>>;
}

/** Where a command is posted: a path whose `{parameters}` bear the names of the command's fields. */
export interface CommandRoute {
  readonly command: string;
  readonly template: string;
  readonly parameters: readonly string[];
}

/** Every command of `document` by its name, found by `x-command` alone. */
export function commandRoutes(document: OpenApiDocument): ReadonlyMap<string, CommandRoute> {
  const routes = Object.entries(document.paths ?? {}).flatMap(([template, { post }]) => {
    const command = post?.['x-command'];
    if (typeof command !== 'string') return [];
    const parameters = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '');
    return [[command, { command, template, parameters }] as const];
  });
  return new Map(routes);
}
