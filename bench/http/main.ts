import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { migrate } from '#libs/event-store';
import { onFreshDatabase } from '../measuring/bench-database.ts';
import { closedLoop, type Measurement } from '../measuring/closed-loop.ts';
import { tell, type AimedFigure } from '../measuring/findings.ts';
import { Posting } from './posting.ts';
import type { Listening } from './server.ts';

/**
 * Orders placed over HTTP per second, from another process, beside a route that only checks the token and the same DTO.
 * `WAYBILL_BENCH_DATABASE_URL` names the server; the first argument, when given, the JSON file to write.
 */
const CALLERS = [32, 64];
const DURATION_MS = 5_000;
const WARM_UP_MS = 1_500;
/** Of the no-op's rate, the goal of the design. */
const AIM = 0.5;

interface Line extends Measurement {
  readonly name: string;
}

const ORDER = {
  companyId: 'TESLA',
  supplierId: 'NVIDIA',
  skuId: 'H100',
  tranches: [
    { trancheId: 'A', quantity: 6_000, unitPriceCents: 4_166_700, requestedDate: '2024-01-15', siteId: 'AUSTIN' },
  ],
};

await main(process.env['WAYBILL_BENCH_DATABASE_URL'], process.argv[2]);

async function main(serverUrl: string | undefined, jsonPath: string | undefined): Promise<void> {
  if (serverUrl === undefined) throw new TypeError('WAYBILL_BENCH_DATABASE_URL names no server');
  const lines = await onFreshDatabase(serverUrl, measuredOn);
  const aims = CALLERS.map((callers): AimedFigure => {
    const value = rateOf(lines, 'orders', callers) / rateOf(lines, 'no-op', callers);
    return { name: `orders over no-op, ${callers} callers`, value, unit: 'x', atLeast: AIM };
  });
  const named = lines.map(({ name, callers, ...line }) => ({ name: `${name}, ${callers} callers`, ...line }));
  await tell({ about: { 'no-op': 'the same edge, token check and DTO, without a ledger' }, lines: named, aims }, jsonPath); // prettier-ignore
}

async function measuredOn(databaseUrl: string): Promise<readonly Line[]> {
  await migrate(databaseUrl);
  const server = fork(join(import.meta.dirname, 'server.js'), [databaseUrl]);
  try {
    const [listening] = (await once(server, 'message')) as [Listening];
    await found(listening);
    const lines: Line[] = [];
    for (const callers of CALLERS) {
      lines.push(await measured('orders', listening.commandsUrl, listening, callers));
      lines.push(await measured('no-op', listening.noOpUrl, listening, callers));
    }
    return lines;
  } finally {
    await ended(server);
  }
}

/** The books of one buyer who can order. */
async function found({ commandsUrl, tokens }: Listening): Promise<void> {
  const admin = new Posting(commandsUrl, tokens['admin'] ?? '', 1);
  await admin.post('/v1/ledgers', { ledger: 'bench', clock: 'system', currency: 'USD' });
  for (const [companyId, kind] of [
    ['NVIDIA', 'supplier'],
    ['TESLA', 'buyer'],
  ] as const) {
    await admin.post('/v1/ledgers/bench/companies', { companyId, name: companyId, kind, headquartersCountry: 'US' });
  }
  await admin.post('/v1/ledgers/bench/skus', { skuId: 'H100', name: 'H100', wattsPerUnit: 700 });
  admin.close();
  const site = new Posting(commandsUrl, tokens['tesla-site'] ?? '', 1);
  const austin = { siteId: 'AUSTIN', companyId: 'TESLA', kind: 'datacenter', designUnits: 50_000, usableUnits: 50_000 };
  await site.post('/v1/ledgers/bench/sites', austin);
  site.close();
}

async function measured(name: string, url: string, { tokens }: Listening, callers: number): Promise<Line> {
  const posting = new Posting(url, tokens['tesla-buyer'] ?? '', callers);
  const order = () => posting.post('/v1/ledgers/bench/orders', { orderId: randomUUID(), ...ORDER });
  const line = { name, ...(await closedLoop(order, { callers, durationMs: DURATION_MS, warmUpMs: WARM_UP_MS })) };
  posting.close();
  const figures = [line.perSecond.toFixed(0), line.p50Ms.toFixed(2), line.p99Ms.toFixed(2)].map((figure) =>
    figure.padStart(9),
  );
  console.log(
    `http    ${name.padEnd(13)}${String(callers).padStart(4)} callers ${figures.join('')}   requests/s, p50 ms, p99 ms`,
  );
  return line;
}

function rateOf(lines: readonly Line[], name: string, callers: number): number {
  return lines.find((line) => line.name === name && line.callers === callers)?.perSecond ?? 0;
}

/** The server ends when its parent lets go of it. */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const exit = once(server, 'exit');
  server.disconnect();
  await exit;
}
