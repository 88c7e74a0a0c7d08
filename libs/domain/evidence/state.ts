import { PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import { streamOf } from '../streams.ts';
import type { EvidenceAttached, EvidenceSubject } from './events.ts';

/** The URI of each document that was attached, by its subject's stream and the document's SHA-256. */
export type EvidenceState = PersistentMap<string>;

export const noEvidence: EvidenceState = PersistentMap.empty();

export function evolveEvidence(
  state: EvidenceState,
  { data, evidence }: DecidedEvent<EvidenceAttached>,
): EvidenceState {
  const stream = streamOf[data.subjectKind](data.subjectId);
  return evidence.reduce((known, { uri, sha256 }) => known.set(documentKey(stream, sha256), uri), state);
}

/** Whether a document with these bytes is attached to it already. */
export function isAttached(state: EvidenceState, kind: EvidenceSubject, id: Id, sha256: string): boolean {
  return state.has(documentKey(streamOf[kind](id), sha256));
}

function documentKey(stream: string, sha256: string): string {
  return `${stream} ${sha256}`;
}
