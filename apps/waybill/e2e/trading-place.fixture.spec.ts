import { TradingClient, violationsOf } from '#libs/testing';
import { waybillWith } from './command-line.fixture.spec.ts';
import { RunningWaybill, type WaybillPlace, waybillPlace } from './running-waybill.fixture.spec.ts';

const LEDGER = 'trading';

/** A running Waybill with clients that trade on a ledger of it and write down what they hear. */
export class TradingPlace {
  readonly client: TradingClient;
  private trading: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;

  private constructor(
    readonly place: WaybillPlace & Pick<Awaited<ReturnType<typeof waybillPlace>>, 'remove'>,
    public running: RunningWaybill,
  ) {
    this.client = new TradingClient(() => this.running.url, LEDGER);
  }

  static async open(servers: Pick<WaybillPlace, 'databaseUrl' | 'brokers'> = {}): Promise<TradingPlace> {
    const place = { ...(await waybillPlace()), ...servers };
    const opened = new TradingPlace(place, await RunningWaybill.start(place));
    await opened.client.prepare();
    return opened;
  }

  /** Trades in the background until `rest`; a lane ends when its command's outcome is unknown, and `rest` starts it anew. */
  trade(lanes: number): void {
    const stop = new AbortController();
    this.trading = { stop, ended: this.client.trade(stop.signal, lanes) };
  }

  /** Ends the trading, asks again what nobody knows the outcome of, and answers how many commands that were. */
  async rest(): Promise<number> {
    this.trading?.stop.abort();
    await this.trading?.ended;
    return this.client.settle();
  }

  /** Kills every process of this Waybill at once and starts it again; answers the seconds until it was ready. */
  async cutPowerAndRestart(): Promise<number> {
    await this.running.cutPower();
    const startedMs = performance.now();
    this.running = await RunningWaybill.start(this.place);
    return (performance.now() - startedMs) / 1000;
  }

  /** What clients heard against the ledger, and the read models against a fold of it; one line a violation. */
  async violations(): Promise<readonly string[]> {
    const found = violationsOf(this.client.operations, await this.client.events());
    const { exitCode, stdout, stderr } = await waybillWith(
      { WAYBILL_DATA: this.place.dataFolder },
      ...['doctor', '--ledger', LEDGER],
    );
    return exitCode === 0 ? found : [...found, stdout, stderr];
  }

  counts(): { readonly ok: number; readonly rejected: number } {
    const count = (outcome: string) => this.client.operations.filter(({ heard }) => heard?.outcome === outcome).length;
    return { ok: count('ok'), rejected: count('rejected') };
  }

  /** What clients saw since command number `from`, in one line. */
  seenSince(from: number): string {
    const attempts = this.client.operations.slice(from).flatMap(({ firstAttempt }) => firstAttempt ?? []);
    const unanswered = attempts.flatMap(({ why }) => why ?? []);
    const reasons = [...new Set(unanswered)].map(
      (why) => `${why} × ${unanswered.filter((each) => each === why).length}`,
    );
    const longestMs = Math.max(0, ...attempts.map(({ ms }) => ms));
    return `${attempts.length} commands, longest answer ${longestMs} ms, first attempts without answer: ${reasons.join(', ') || 'none'}`;
  }

  async close(): Promise<void> {
    await this.running.dispose();
    await this.place.remove();
  }
}
