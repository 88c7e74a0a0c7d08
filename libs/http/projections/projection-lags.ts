import { Inject, Injectable } from '@nestjs/common';
import { LedgerUnknown } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { haltReleases, projectionLags, type ProjectionLag, type ReleasedHalt } from '#libs/read-models';
import { QueryPorts } from '../query/query-ports.ts';

export interface ProjectionsReport {
  /** The ledger's last position. */
  readonly headPosition: number;
  readonly items: readonly Omit<ProjectionLag, 'ledger' | 'head'>[];
  /** The latest first. */
  readonly releases: readonly ReleasedHalt[];
}

const RELEASES_MAX = 20;

/** How far the read models of a ledger are behind it, and what keeps them. Positions alone: nothing of any company. */
@Injectable()
export class ProjectionLags {
  constructor(@Inject(QueryPorts) private readonly ports: QueryPorts) {}

  async of(ledger: Id): Promise<ProjectionsReport> {
    const db = this.ports.wholeGroup;
    const [lags, releases] = await Promise.all([
      projectionLags(db, [ledger]),
      haltReleases(db, [ledger], RELEASES_MAX),
    ]);
    const [first] = lags;
    if (first === undefined) throw new LedgerUnknown(ledger);
    return { headPosition: first.head, items: lags.map(({ ledger: _, head: __, ...item }) => item), releases };
  }
}
