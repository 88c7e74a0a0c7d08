import { freePort } from '#libs/local-servers';

/** Somebody else listens where Waybill is to answer. */
export class OriginPortTaken extends Error {
  readonly code = 'ORIGIN_PORT_TAKEN';
  constructor(readonly port: number) {
    super(`something listens on 127.0.0.1:${port} already; end it, or set PORT to another port`);
  }
}

/** Asked before anything is started: servers that come up for nothing cost the user a minute. */
export async function refuseTakenPort(port: number): Promise<void> {
  if ((await freePort(port)) !== port) throw new OriginPortTaken(port);
}
