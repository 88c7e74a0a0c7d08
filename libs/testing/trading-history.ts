/** What a client heard of one command. `unknown`: the connection broke or the server could not say; it may have happened. */
export type Heard =
  | { readonly outcome: 'ok'; readonly events: readonly HeardEvent[] }
  | { readonly outcome: 'rejected'; readonly status: number; readonly code: string }
  | { readonly outcome: 'unknown'; readonly why: string };

export interface HeardEvent {
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly version: number;
}

export interface Operation {
  readonly commandId: string;
  readonly actor: string;
  readonly path: string;
  readonly body: object;
  heard: Heard | null;
  /** How long the first attempt took, and what it brought when that was no answer. */
  firstAttempt: { readonly ms: number; readonly why: string | null } | null;
}

/** An event as `GET events` shows it, as far as the check needs it. */
export interface SeenEvent {
  readonly position: number;
  readonly type: string;
  readonly subject: string;
  readonly streamversion: number;
  readonly commandid: string;
}

/**
 * Compares what clients heard with what the ledger holds: every acknowledged command there once, no other command there,
 * positions dense, every stream 1..n. Answers with one line per violation; none when all is well.
 */
export function violationsOf(operations: readonly Operation[], events: readonly SeenEvent[]): readonly string[] {
  const byCommand = grouped(events, (event) => event.commandid);
  const known = new Map(operations.map((operation) => [operation.commandId, operation]));
  return [
    ...operations.flatMap((operation) => violationsOfOperation(operation, byCommand.get(operation.commandId) ?? [])),
    ...[...byCommand.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `command ${id} is in the ledger, but nobody sent it`),
    ...gapsOf(events.map((event) => event.position)).map((gap) => `ledger: ${gap}`),
    ...[...grouped(events, (event) => event.subject)].flatMap(([stream, ofStream]) =>
      gapsOf(ofStream.map((event) => event.streamversion)).map((gap) => `${stream}: ${gap}`),
    ),
  ];
}

function violationsOfOperation({ commandId, heard }: Operation, found: readonly SeenEvent[]): readonly string[] {
  if (heard === null || heard.outcome === 'unknown') return [`command ${commandId} was never settled`];
  if (heard.outcome === 'rejected')
    return found.length === 0 ? [] : [`command ${commandId} was rejected, but left events`];
  const said = heard.events.map(({ position, type, stream, version }) => `${position} ${type} ${stream} ${version}`);
  const held = found.map(
    ({ position, type, subject, streamversion }) => `${position} ${type} ${subject} ${streamversion}`,
  );
  return said.join() === held.join()
    ? []
    : [`command ${commandId}: acknowledged [${said.join()}], in the ledger [${held.join()}]`];
}

function gapsOf(numbers: readonly number[]): readonly string[] {
  return numbers
    .flatMap((number, index) => (number === index + 1 ? [] : [`${number} stands at place ${index + 1}`]))
    .slice(0, 3);
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
