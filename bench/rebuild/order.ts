import type { Curve } from '../measuring/curve.ts';

export interface RebuildTrialOrder {
  readonly databaseUrl: string;
}

export interface RebuildMeasured {
  readonly curve: Curve;
  readonly rssBytes: number;
}
