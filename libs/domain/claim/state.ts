import { PersistentMap, type DecidedEvent } from '#libs/kernel';
import type { PublicClaimRecorded } from './events.ts';

export type Claim = PublicClaimRecorded['data'];

export type ClaimState = PersistentMap<Claim>;

export const noClaims: ClaimState = PersistentMap.empty();

export function evolveClaims(state: ClaimState, { data }: DecidedEvent<PublicClaimRecorded>): ClaimState {
  return state.set(data.claimId, data);
}
