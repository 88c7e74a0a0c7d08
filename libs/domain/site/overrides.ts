import { PersistentMap, type DecidedEvent } from '#libs/kernel';
import type { OverloadAllowed } from './events.ts';

/** Every overload ever allowed, by its id. */
export type OverrideState = PersistentMap<OverloadAllowed['data']>;

export const noOverrides: OverrideState = PersistentMap.empty();

export function evolveOverrides(state: OverrideState, { data }: DecidedEvent<OverloadAllowed>): OverrideState {
  return state.set(data.overrideId, data);
}
