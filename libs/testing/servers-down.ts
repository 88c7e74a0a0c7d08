import type { ThrowAwayServers } from '#libs/local-servers';

/** Stops what `serversUp` started and removes its data; servers named by the environment are not its own. */
export default async function serversDown(): Promise<void> {
  const servers: ThrowAwayServers | undefined = Reflect.get(globalThis, Symbol.for('waybill.testing.servers'));
  await servers?.stop();
}
