export type Schema = Readonly<Record<string, unknown>>;

export interface Change {
  readonly pointer: string;
  readonly change: string;
  readonly breaking: boolean;
}

export function changesBetween(before: Schema, after: Schema): readonly Change[];
