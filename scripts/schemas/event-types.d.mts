import type { Schema } from './changes.mjs';

export function generateSchemas(
  versionOf: (type: never) => number,
  texts?: Readonly<Record<string, string>>,
): Record<string, Schema>;
