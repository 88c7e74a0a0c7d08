import type { Patch } from './patched-copy.ts';

/** A mistake that somebody could make, and the promise that is seen broken when it is made. */
export interface PlantedBug extends Patch {
  readonly bug: string;
  /** The promise that the run which finds it sees broken, among others perhaps. */
  readonly breaks: string;
}
