import type { LedgerReader } from '#libs/event-store';
import type { Projector } from '#libs/read-models';
import { ConnectionLost, type SimulatedProcess, type Surroundings } from './simulated-process.ts';

const LOOK_MS = 100;
const PATIENCE_MS = 250;

/** LedgerFollower's rule on virtual time: a ledger ahead of a checkpoint that does not move is caught up. */
export async function watch(
  projector: Projector,
  reader: LedgerReader,
  process: SimulatedProcess,
  { time }: Surroundings,
): Promise<void> {
  const seen = new Map<string, { position: number; sinceMs: number }>();
  while (process.alive) {
    await time.sleep(LOOK_MS);
    try {
      for (const [ledger, head] of await reader.heads()) {
        const { position } = await projector.checkpoint(ledger);
        const before = seen.get(ledger);
        if (before?.position !== position) seen.set(ledger, { position, sinceMs: time.nowMs });
        else if (head.position > position && time.nowMs - before.sinceMs >= PATIENCE_MS)
          await projector.catchUp(ledger);
      }
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
    }
  }
}
