/** What is said of a code wherever it appears. The table is the contract; `/problems/CODE` shows it. */
export interface ProblemCode {
  readonly status: number;
  readonly title: string;
  /** What the caller can do. */
  readonly hint: string;
}
