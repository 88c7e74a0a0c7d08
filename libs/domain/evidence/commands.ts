import type { Id } from '#libs/kernel';
import type { EvidenceSubject } from './events.ts';

/** The documents are those that the command carries as evidence, like any command. */
export interface AttachEvidence {
  readonly type: 'AttachEvidence';
  readonly subjectKind: EvidenceSubject;
  readonly subjectId: Id;
}

export type EvidenceCommand = AttachEvidence;
