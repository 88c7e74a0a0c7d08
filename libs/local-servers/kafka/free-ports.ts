import { freePort } from '../free-port.ts';
import type { KafkaPorts } from './server-properties.ts';

/** Both free, and not the same: the first is let go again before the second is looked for. */
export async function freePorts(wanted: KafkaPorts): Promise<KafkaPorts> {
  const port = await freePort(wanted.port);
  const controllerPort = await freePort(wanted.controllerPort);
  return { port, controllerPort: controllerPort === port ? await freePort(port + 1) : controllerPort };
}
