import type { ThrowAwayServers } from '#libs/local-servers';

/** Stops what `serversUp` started and removes its data; servers named by the environment are not its own. */
export default async function serversDown(): Promise<void> {
  const servers = Reflect.get(globalThis, Symbol.for('waybill.testing.servers')) as ThrowAwayServers | undefined;
  await servers?.stop();
}
