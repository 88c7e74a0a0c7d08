import type { Day, Id } from '#libs/kernel';
import type { JsonPlace } from '../json-place.ts';

/** One figure compared: what the file says and what Waybill answered. */
export interface Check {
  /** What was compared, such as `position TESLA H100 open`. */
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
  readonly holds: boolean;
}

/** A row of a report, by field. */
export type ReportRow = Readonly<Record<string, unknown>>;

/** The ledger as the auditor reads it right after a step. */
export interface LedgerView {
  /** The day of the step. */
  readonly day: Day;
  /** The ledger's position right after the step `no`; null when that step was not played. */
  positionAfter(no: number): number | null;
  /** Every row of the report `name` that `filter` leaves, right after this step. */
  rows(name: string, filter?: Readonly<Record<string, string>>): Promise<readonly ReportRow[]>;
  /** Rows of one company and SKU of the positions report, as the ledger was known at `knownAt` (null: right after this step). */
  positions(query: {
    readonly companyId: Id;
    readonly skuId: Id;
    readonly validAt: Day | null;
    readonly knownAt: number | null;
  }): Promise<readonly ReportRow[]>;
}

/** Reads the ledger and compares it with what the file says. */
export type Verify = (view: LedgerView) => Promise<readonly Check[]>;

/** One kind of expectation: reads its part of the file (`known`: the steps up to this one) and returns the comparison. */
export type ExpectationKind = (place: JsonPlace, known: ReadonlySet<number>) => Verify;
