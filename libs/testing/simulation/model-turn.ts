import type { ModelLedger } from './model-ledger.ts';
import type { Holder } from './row-lock.ts';
import { ConnectionLost, type Surroundings } from './simulated-process.ts';

/** How long a connection waits for its turn. */
const PATIENCE_MS = 400;
/** How long a connection may have a turn in silence before the server ends it. */
const SILENCE_MS = 200;

/** What one connection has of the turns at ledgers, as ledger.take_turn and ledger.leave_turn promise it. */
export class ModelTurn {
  private readonly holder: Holder = { staged: null };
  private ledger: ModelLedger | null = null;
  private statements = 0;
  private ended = false;

  constructor(private readonly around: Surroundings) {}

  async take(ledger: ModelLedger): Promise<{ taken: boolean; waited: boolean }> {
    this.check();
    const { time } = this.around;
    const { turn } = ledger;
    const waited = turn.isHeld;
    const taken = await Promise.race([
      turn.take(this.holder).then(() => true),
      time.sleep(PATIENCE_MS).then(() => false),
    ]);
    if (!taken || this.ended) turn.giveUp(this.holder);
    this.check();
    if (taken) this.ledger = ledger;
    else this.around.tally.add('waited for a turn in vain');
    return { taken, waited };
  }

  /** The connection is good for another statement. Throws ConnectionLost. */
  check(): void {
    if (this.ended || this.ledger?.turn.holds(this.holder) === false) throw new ConnectionLost();
  }

  /** From now on the connection is silent. */
  heard(): void {
    const statements = (this.statements += 1);
    if (this.ledger === null) return;
    this.around.time.after(SILENCE_MS, () => {
      if (this.statements !== statements || this.ledger === null) return;
      this.around.tally.add('turn ended by the server');
      this.end();
    });
  }

  leave(): void {
    this.ledger?.turn.release(this.holder);
    this.ledger = null;
  }

  end(): void {
    this.ended = true;
    this.leave();
  }
}
