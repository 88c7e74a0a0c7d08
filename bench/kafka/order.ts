import type { Curve } from '../measuring/curve.ts';

/** What one process of this benchmark is to do. */
export interface KafkaOrder {
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly topic: string;
  /** Positions 1 to this one. */
  readonly events: number;
}

export interface KafkaMeasured {
  readonly curve: Curve;
  /** Resident memory at the end. */
  readonly rssBytes: number;
  readonly note?: string;
}
