import { randomUUID } from 'node:crypto';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { claimLease, releaseLease } from './lease.ts';
import {
  advancePublication,
  beginPublication,
  haltPublication,
  recordPartitions,
  restartPublication,
  takePublications,
} from './publications.ts';
import type { Advance, Publication } from './publications.ts';
import { beginRefill, finishRefill, openRefills } from './refills.ts';
import type { Refill, RefillStart } from './refills.ts';

/** What relays of one topic remember together; whatever answers false or null means that another leads. */
export interface RelayProgress {
  readonly topic: string;
  claim(ttlMs: number): Promise<number | null>;
  release(): Promise<void>;
  recordPartitions(partitions: number): Promise<number>;
  take(epoch: number): Promise<readonly Publication[]>;
  begin(start: { ledger: Id; incarnation: string; epoch: number }): Promise<Publication | null>;
  advance(advance: Omit<Advance, 'topic'>): Promise<boolean>;
  restart(ledger: Id, epoch: number): Promise<boolean>;
  halt(ledger: Id, epoch: number, code: string): Promise<boolean>;
  openRefills(): Promise<readonly Refill[]>;
  beginRefill(start: Omit<RefillStart, 'topic'>): Promise<boolean>;
  finishRefill(refill: string): Promise<void>;
}

/** {@link RelayProgress} in schema `relay`; `db` signs in as waybill_relay. */
export function relayProgress(db: Queryable, topic: string, holder: string = randomUUID()): RelayProgress {
  return {
    topic,
    claim: (ttlMs) => claimLease(db, { topic, holder, ttlMs }),
    release: () => releaseLease(db, { topic, holder }),
    recordPartitions: (partitions) => recordPartitions(db, topic, partitions),
    take: (epoch) => takePublications(db, topic, epoch),
    begin: (start) => beginPublication(db, { topic, ...start }),
    advance: (advance) => advancePublication(db, { topic, ...advance }),
    restart: (ledger, epoch) => restartPublication(db, { topic, ledger, epoch }),
    halt: (ledger, epoch, code) => haltPublication(db, { topic, ledger, epoch, code }),
    openRefills: () => openRefills(db, topic),
    beginRefill: (start) => beginRefill(db, { topic, ...start }),
    finishRefill: (refill) => finishRefill(db, topic, refill),
  };
}
