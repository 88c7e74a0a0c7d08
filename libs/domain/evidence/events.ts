import type { DomainEvent, Id } from '#libs/kernel';

/** What documents can be attached to, after the fact. */
export const EVIDENCE_SUBJECTS = ['order', 'amendment', 'shipment', 'return', 'redirection', 'site', 'claim'] as const;

export type EvidenceSubject = (typeof EVIDENCE_SUBJECTS)[number];

/** Documents that turned up for something that is there; on its stream. They are the evidence of the event itself. */
export type EvidenceAttached = DomainEvent<
  'EvidenceAttached',
  {
    readonly subjectKind: EvidenceSubject;
    readonly subjectId: Id;
    /** Whose thing it is, in the order of ids: they see what is attached to it. */
    readonly companyIds: readonly Id[];
  }
>;

export type EvidenceEvent = EvidenceAttached;
