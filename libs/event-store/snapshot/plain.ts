import { MAP_IN_JSON, PersistentMap, type StoredEntries } from '#libs/kernel';

/**
 * A state as JSON without the maps that make it large: each of those, one that lies in a field of the state or of a field's object, is
 * named by its path and its size alone. What such a map holds, maps within maps among it, is JSON of its own.
 */
export function outlineOf(state: unknown): string {
  return JSON.stringify(outlined(state));
}

/** The maps that {@link outlineOf} left out, by their paths. */
export function mapsOf(state: unknown, path = ''): ReadonlyMap<string, PersistentMap<unknown>> {
  if (state instanceof PersistentMap) return new Map([[path, state as PersistentMap<unknown>]]);
  if (!isRecord(state)) return new Map();
  return new Map(Object.entries(state).flatMap(([name, value]) => [...mapsOf(value, `${path}.${name}`)]));
}

/** The state of an outline; `stored` answers what the map at a path holds. */
export function stateOf(
  outline: string,
  stored: (path: string, size: number) => StoredEntries<unknown>,
  path = '',
): unknown {
  return restored(JSON.parse(outline), stored, path);
}

/** A value as it was before JSON. */
export function revived(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.some(isObject) ? value.map(revived) : value;
  }
  if (!isObject(value)) return value;
  const entries = (value as Record<string, unknown>)[MAP_IN_JSON];
  if (entries !== undefined) return PersistentMap.from(revived(entries) as [string, unknown][]);
  for (const name of Object.keys(value)) {
    const field = (value as Record<string, unknown>)[name];
    if (isObject(field)) (value as Record<string, unknown>)[name] = revived(field);
  }
  return value;
}

function outlined(state: unknown): unknown {
  if (state instanceof PersistentMap) return { [MAP_IN_JSON]: state.size };
  if (!isRecord(state)) return state;
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, outlined(value)]));
}

function restored(
  outline: unknown,
  stored: (path: string, size: number) => StoredEntries<unknown>,
  path: string,
): unknown {
  if (!isRecord(outline)) return revived(outline);
  const size = outline[MAP_IN_JSON];
  if (typeof size === 'number') return PersistentMap.over(stored(path, size));
  return Object.fromEntries(
    Object.entries(outline).map(([name, value]) => [name, restored(value, stored, `${path}.${name}`)]),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A plain object: what a state is made of down to its maps. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}
