import type { Schema } from './changes.mjs';

export function keptSchemas(): Readonly<Record<string, Schema>>;

export function releasedDigests(): Readonly<Record<string, string>>;
