import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { PostgresLedgerReader, readIncarnation } from '#libs/event-store';
import { fetchKafka } from '#libs/local-servers';
import { createTestDatabase, createTestTopic } from '#libs/testing';
import type { TestDatabase, TestTopic } from '#libs/testing';
import { eventually } from './trial/eventually.ts';
import { relayOn } from './trial/relay-on.ts';
import { appendTrialEvents, openTrialLedger } from './trial/written-ledger.ts';

const LONGEST_MS = 120_000;

let database: TestDatabase;
let target: TestTopic;

beforeAll(async () => {
  [database, target] = await Promise.all([createTestDatabase(), createTestTopic()]);
}, LONGEST_MS);

afterAll(() => Promise.all([database.drop(), target.remove()]));

describe("Apache Kafka's own console consumer", () => {
  it(
    'reads each kind of event with its headers and the bytes of the ledger',
    async () => {
      const owner = database.pool('waybill_owner');
      await openTrialLedger(owner, 'redirected-h100s');
      await appendTrialEvents(owner, 'redirected-h100s', 1, 3);
      await publishAll();

      const stored = await new PostgresLedgerReader(owner).read('redirected-h100s', { after: 0, limit: 10 });
      const lines = await consoleConsumer(stored.length);
      const incarnation = await readIncarnation(owner);
      expect(lines.map(headersAndValue)).toEqual([
        expected('ShipmentRedirected', '1', '2023-12-08T23:00:00.001Z', '1702076400001'),
        expected('CapacityUnavailable', '2', '2023-12-08T23:00:00.002Z', '1702076400002'),
        expected('OrderPlaced', '3', '2023-12-08T23:00:00.003Z', '1702076400003'),
      ]);

      function expected(type: string, position: string, time: string, recordedat: string) {
        const headers = {
          ce_specversion: '1.0',
          ce_id: `redirected-h100s/${position}`,
          ce_source: '/ledgers/redirected-h100s',
          ce_type: type,
          ce_subject: 'order/PO-1',
          ce_time: time,
          ce_dataschema: `/schemas/${type}.v1.json`,
          'content-type': 'application/json',
          ledger: 'redirected-h100s',
          position,
          streamversion: position,
          effectiveat: '2023-12-08',
          recordedat,
          incarnation,
        };
        return { key: 'redirected-h100s', headers, value: stored[Number(position) - 1]?.body.toString() };
      }
    },
    LONGEST_MS,
  );
});

async function publishAll(): Promise<void> {
  const { relay } = await relayOn({
    pool: database.pool('waybill_relay'),
    brokers: target.brokers,
    topic: target.topic,
  });
  relay.start();
  await eventually('the ledger is published', async () => {
    const { rows } = await database.pool('waybill_owner').query('select position from relay.publications');
    return Number(rows[0]?.position) === 3;
  });
  await relay.stop();
}

/** What `kafka-console-consumer` prints: headers, key and value of each message, a tab between, one message a line. */
async function consoleConsumer(messages: number): Promise<string[]> {
  const { jars } = await fetchKafka();
  const { stdout } = await promisify(execFile)('java', [
    ...['-Dfile.encoding=UTF-8', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', path.join(jars, '*')],
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    ...['--bootstrap-server', target.brokers.join(','), '--topic', target.topic, '--from-beginning'],
    ...['--max-messages', String(messages), '--timeout-ms', '60000'],
    ...['--property', 'print.headers=true', '--property', 'print.key=true'],
  ]);
  return stdout.split('\n').filter((line) => line !== '');
}

function headersAndValue(line: string): { headers: Record<string, string>; key: string; value: string } {
  const [headers = '', key = '', value = ''] = line.split('\t');
  return { headers: Object.fromEntries(headers.split(',').map(nameAndText)), key, value };
}

function nameAndText(header: string): [string, string] {
  const colon = header.indexOf(':');
  return [header.slice(0, colon), header.slice(colon + 1)];
}
