import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { datasetOf } from '../dataset/dataset.ts';
import { onFreshDatabase } from '../measuring/bench-database.ts';
import { rateOf } from '../measuring/curve.ts';
import { benchEnvironment, type BenchEnvironment } from '../measuring/environment.ts';
import { say, tell, type Line } from '../measuring/findings.ts';
import { median, pairedRatio } from '../measuring/statistics.ts';
import { grouped } from '../measuring/tables.ts';
import { trial } from '../measuring/trial-process.ts';
import type { KafkaMeasured, KafkaOrder } from './order.ts';

/**
 * Relay and projector beside kafkajs alone: the same events, request sizes, broker and partition, each in a process of
 * its own, in turn. The relay reads the ledger and records what was acknowledged; the projector folds and writes every
 * read model. The consumer that it is beside throws away what it gets.
 */
const EVENTS_MOST = 100_000;
const ROUNDS = 3;
const AIM = { atLeast: 0.7 };

const SCRIPTS = {
  relay: 'relay-process.js',
  'kafkajs producer': 'bare-producer-process.js',
  projector: 'projector-process.js',
  'kafkajs consumer': 'bare-consumer-process.js',
} as const;
type Contestant = keyof typeof SCRIPTS;

await main(process.argv[2]);

async function main(jsonPath: string | undefined): Promise<void> {
  const environment = benchEnvironment();
  const { serverUrl } = environment;
  const { template, events } = await datasetOf(serverUrl, Math.min(environment.events, EVENTS_MOST), say);
  const measured: Record<Contestant, KafkaMeasured[]> = { relay: [], 'kafkajs producer': [], projector: [], 'kafkajs consumer': [] }; // prettier-ignore
  for (let round = 0; round < ROUNDS; round++) {
    await onFreshDatabase(serverUrl, (url) => oneRound(url, environment, events, measured), template);
  }
  const rates = (name: Contestant) => measured[name].map(({ curve }) => rateOf(curve));
  const lines = (Object.keys(SCRIPTS) as Contestant[]).map((name) => lineOf(name, rates(name), measured[name]));
  const aims = [
    pairedRatio('relay over kafkajs producer', rates('relay'), rates('kafkajs producer'), AIM),
    pairedRatio('projector over kafkajs consumer', rates('projector'), rates('kafkajs consumer'), AIM),
  ];
  await tell({ about: { peer: 'kafkajs 2.2.4', events: grouped(events), rounds: `${ROUNDS}` }, lines, aims }, jsonPath);
}

/** The topic that the relay fills is the one that is consumed. */
async function oneRound(
  databaseUrl: string,
  { brokers }: BenchEnvironment,
  events: number,
  measured: Record<Contestant, KafkaMeasured[]>,
): Promise<void> {
  const topic = `waybill-bench-${randomUUID()}`;
  for (const name of Object.keys(SCRIPTS) as Contestant[]) {
    const order: KafkaOrder = { databaseUrl, brokers, events, topic: name === 'kafkajs producer' ? `${topic}-bare` : topic }; // prettier-ignore
    const found = await trial<KafkaMeasured>(join(import.meta.dirname, SCRIPTS[name]), order);
    measured[name].push(found);
    say(`${name}: ${grouped(rateOf(found.curve))} events/s`);
  }
}

function lineOf(name: Contestant, rates: readonly number[], measured: readonly KafkaMeasured[]): Line {
  const rssMiB = median(measured.map(({ rssBytes }) => rssBytes)) / 2 ** 20;
  const said = measured.flatMap(({ note }) => note ?? []).at(-1);
  const note = [`${rssMiB.toFixed(0)} MiB resident`, ...(said === undefined ? [] : [said])].join(', ');
  return { name: `${name}, events`, perSecond: median(rates), note };
}
