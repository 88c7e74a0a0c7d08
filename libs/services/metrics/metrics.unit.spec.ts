import { serveMetrics } from './serve-metrics.ts';
import { Metrics } from './metrics.ts';
import { together } from './observers.ts';
import { measuredProjection } from './projection-metrics.ts';
import { measuredSink } from './writer-metrics.ts';

const QUIET = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const TOKEN = 't'.repeat(32);

function ignore(): void {}

async function served(metrics: Metrics, token: string | null, port = 0) {
  return serveMetrics(metrics, { host: '127.0.0.1', port, isGiven: false, token }, QUIET);
}

describe('metrics', () => {
  it('are answered at /metrics and nowhere else, and tell of the process', async () => {
    const server = await served(new Metrics(), null);
    const answer = await fetch(server.url);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await answer.text()).toMatch(/^process_resident_memory_bytes \d+$/m);
    const elsewhere = [fetch(server.url.replace('metrics', 'other')), fetch(server.url, { method: 'POST' })];
    expect((await Promise.all(elsewhere)).map(({ status }) => status)).toEqual([404, 404]);
    await server.close();
  });

  it('are for those who show the token, where there is one', async () => {
    const server = await served(new Metrics(), TOKEN);
    const statuses = async (...said: readonly (string | null)[]) =>
      Promise.all(said.map(async (text) => (await fetch(server.url, text === null ? {} : bearing(text))).status));
    expect(await statuses(null, '', TOKEN, `Bearer ${TOKEN}x`, `bearer ${TOKEN}`)).toEqual([401, 401, 401, 401, 401]);
    expect(await statuses(`Bearer ${TOKEN}`)).toEqual([200]);
    await server.close();
  });

  it('give way on a port that nobody asked for, and not on one that was', async () => {
    const first = await served(new Metrics(), null);
    const port = Number(new URL(first.url).port);
    const second = await served(new Metrics(), null, port);
    expect(new URL(second.url).port).not.toBe(String(port));
    const given = { host: '127.0.0.1', port, isGiven: true, token: null };
    await expect(serveMetrics(new Metrics(), given, QUIET)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await Promise.all([first.close(), second.close()]);
  });

  it('that cannot be read are counted and keep no other back', async () => {
    const metrics = new Metrics();
    const gauge = metrics.gauge('here', 'is there');
    metrics.beforeEach('gone', () => Promise.reject(new Error('no database')));
    metrics.beforeEach('here', () => Promise.resolve(gauge.set(7)));
    const text = await metrics.text();
    expect(text).toContain('waybill_metrics_readings_failed_total{part="gone"} 1');
    expect(text).toContain('waybill_metrics_readings_failed_total{part="here"} 0');
    expect(text).toContain('waybill_here 7');
    expect(text).not.toContain('no database');
  });

  it('count commands by type, outcome and code, and no id of any', async () => {
    const metrics = new Metrics();
    const answers = [
      { answer: { outcome: 'accepted', position: 1, version: 1, events: [] }, replayed: false },
      { answer: { outcome: 'rejected', code: 'SKU_UNKNOWN', fields: { skuId: 'H100' } }, replayed: false },
      { answer: { outcome: 'accepted', position: 1, version: 1, events: [] }, replayed: true },
    ] as const;
    let calls = 0;
    const down = Object.assign(new Error('down'), { code: 'LEDGER_UNAVAILABLE' });
    const submit = () => Promise.resolve(answers[calls++] ?? Promise.reject(down));
    const sink = measuredSink(metrics, { submit });
    const submission = { ledger: 'secret-ledger', command: { type: 'PlaceOrder', orderId: 'PO-1' } } as never;
    for (const { answer } of answers) expect((await sink.submit(submission)).answer).toBe(answer);
    await expect(sink.submit(submission)).rejects.toBe(down);
    const text = await metrics.text();
    const found = text.match(/^waybill_commands_total.*$/gm);
    expect(found).toEqual([
      'waybill_commands_total{type="PlaceOrder",outcome="accepted",code=""} 1',
      'waybill_commands_total{type="PlaceOrder",outcome="rejected",code="SKU_UNKNOWN"} 1',
      'waybill_commands_total{type="PlaceOrder",outcome="replayed",code=""} 1',
      'waybill_commands_total{type="PlaceOrder",outcome="failed",code="LEDGER_UNAVAILABLE"} 1',
    ]);
    expect(text).not.toMatch(/secret-ledger|PO-1|H100/);
  });

  it('hear beside the log what a projector tells', async () => {
    const metrics = new Metrics();
    const heard: unknown[] = [];
    const observer = together(measuredProjection(metrics), {
      filledFromLedger: (...said: unknown[]) => void heard.push(said),
    });
    observer.filledFromLedger?.('alpha', 4, 3);
    observer.filledFromLedger?.('alpha', 9, 2);
    observer.dropped?.('alpha', 6);
    observer.halted?.('alpha', { position: 12, code: 'LINE_UNKNOWN' });
    const text = await metrics.text();
    expect(heard).toEqual([
      ['alpha', 4, 3],
      ['alpha', 9, 2],
    ]);
    for (const line of [
      'waybill_projection_gap_fills_total{ledger="alpha"} 2',
      'waybill_projection_gap_filled_positions_total{ledger="alpha"} 5',
      'waybill_projection_duplicates_dropped_total{ledger="alpha"} 6',
      'waybill_projection_halts_total{ledger="alpha",code="LINE_UNKNOWN"} 1',
    ])
      expect(text).toContain(line);
  });
});

function bearing(authorization: string): RequestInit {
  return { headers: { authorization } };
}
