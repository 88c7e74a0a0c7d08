import { once } from 'node:events';
import { Metrics, openWriteSide, serveMetrics } from '#libs/services';
import type { ExitCode } from '../cli/subcommand.ts';
import type { WaybillConfig } from '../config.ts';
import { ClosingStack } from './closing-stack.ts';
import { startEdge } from './edge.ts';
import { openLogs } from './logs.ts';
import { failureLine, say, step } from './progress.ts';
import { startProjection } from './projection.ts';
import { startRelay } from './relay.ts';
import type { Ending } from './ending.ts';
import { startServers } from './servers.ts';
import { refuseTakenPort } from './origin-port.ts';
import { playStory } from './story.ts';

/**
 * Everything in one process: PostgreSQL and Kafka (unless given), the relay, the projector, the HTTP edge, the demo
 * story. Resolves after SIGINT or SIGTERM, when all of it has ended; 1 when something could not start or died.
 */
export async function runStart(config: WaybillConfig): Promise<ExitCode> {
  const closing = new ClosingStack();
  const stop = stopSignal();
  try {
    await refuseTakenPort(config.port);
    const logs = await openLogs(config.dataFolder, closing);
    const servers = await startServers(config, logs, closing);
    const metrics = new Metrics();
    const around = { logs, metrics, closing };
    const relay = await step('Relay', () => startRelay(servers, around));
    const onAppended = () => relay?.wake();
    const writeSide = openWriteSide(servers.pool('waybill_writer', 8), { log: logs.log, metrics, onAppended });
    closing.onClose(() => writeSide.stop());
    const progress = await step('Projector', () => startProjection(servers, around));
    const url = await step('HTTP', () => startEdge({ config, servers, writeSide, progress, ...around }));
    const metricsServer = await serveMetrics(metrics, config.metrics, logs.log);
    closing.onClose(() => metricsServer.close());
    await playStory(url);
    say(`Metrics at ${metricsServer.url}`);
    say(`Waybill is ready at ${url}`);
    const why = await Promise.race([stop, servers.lost]);
    say(why.text);
    return why.exitCode;
  } catch (error) {
    say(failureLine(error));
    return 1;
  } finally {
    await closing.close((error) => say(failureLine(error)));
  }
}

async function stopSignal(): Promise<Ending> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  return { text: 'Stopping', exitCode: 0 };
}
