import { startOfDayMs, type Day, type Id } from '#libs/kernel';

/** `selfApproval`: refused because one person would have approved twice; `rejection`: any other broken rule. */
export const CONTROLS = ['selfApproval', 'rejection', 'overload', 'crossCompanyRead'] as const;
export type Control = (typeof CONTROLS)[number];

/** How often a control worked, and when it did last. */
export interface ControlItem {
  readonly control: Control;
  /** The code of a refusal, the id of an overload, the route of a read. */
  readonly subject: string;
  /** The command that was refused. */
  readonly command: string | null;
  /** Pseudonym of who was refused or who read; null of an overload. */
  readonly actor: string | null;
  /** Of an overload. */
  readonly siteId: Id | null;
  readonly count: number;
  /** RFC 3339; null of an overload. */
  readonly lastAt: string | null;
  /** Of an overload: units allowed, and units above usable on the worst day from the beginning of the overload on. */
  readonly allowedUnits: number | null;
  readonly usedUnits: number | null;
}

/** What has to hold for a control; absent: anything. */
export interface ControlsFilter {
  readonly control?: Control | undefined;
  /** Of a refusal. */
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly actor?: string | undefined;
  /** The first day and the last on which it worked. */
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}

/** A row of a count. */
export interface Counted {
  readonly count: string;
  /** Milliseconds. */
  readonly last: string;
  readonly actor: string;
  readonly command?: string;
}

export function counted(control: Control, row: Counted & { readonly subject: string }): ControlItem {
  const { subject, command = null, actor, count, last } = row;
  return {
    ...{ control, subject, command, actor, siteId: null },
    ...{ count: Number(count), lastAt: new Date(Number(last)).toISOString(), allowedUnits: null, usedUnits: null },
  };
}

/** The days of `filter` as instants: from the first, up to the second and without it. */
export function spanMs({ from, until }: ControlsFilter): readonly [number, number] {
  const startMs = from === undefined ? Number.MIN_SAFE_INTEGER : startOfDayMs(from);
  const endMs = until === undefined ? Number.MAX_SAFE_INTEGER : startOfDayMs(until) + DAY_MS;
  return [startMs, endMs];
}

const DAY_MS = 86_400_000;
