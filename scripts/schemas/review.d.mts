import type { Schema } from './changes.mjs';

export function review(held: {
  readonly generated: Readonly<Record<string, Schema>>;
  readonly kept: Readonly<Record<string, Schema>>;
  readonly released: Readonly<Record<string, string>>;
}): {
  readonly refused: readonly string[];
  readonly write: Readonly<Record<string, Schema>>;
  readonly drop: readonly string[];
};

export function digestOf(schema: Schema): string;
