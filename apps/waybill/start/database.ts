import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate, roleUrl, setRolePasswords, WAYBILL_ROLES, type WaybillRole } from '#libs/event-store';
import { type LocalPostgres, startPostgres } from '#libs/local-servers';
import { auditorUrlFile, projectorUrlFile, relayUrlFile } from '../cli/database.ts';
import type { WaybillConfig } from '../config.ts';
import type { ClosingStack } from './closing-stack.ts';
import { keepRunning } from './kept-running.ts';
import type { Logs } from './logs.ts';
import { type Ending, never } from './ending.ts';
import { onSamePort } from './same-port.ts';

export interface Database {
  url(role: WaybillRole): string;
  readonly lost: Promise<Ending>;
}

/** Below the ports that clients are given, or one of their connections may hold it when PostgreSQL comes back. */
const PORT = 25_432;

/** A migrated database: the one given, or an embedded PostgreSQL with a password a role. */
export async function database(config: WaybillConfig, logs: Logs, closing: ClosingStack): Promise<Database> {
  if (config.databaseUrl !== null) return givenDatabase(config.databaseUrl);
  const { first, lost } = await keepRunning('PostgreSQL', embeddedPostgres(config, logs), closing);
  await migrate(first.ownerUrl);
  const passwords = Object.fromEntries(
    await Promise.all(WAYBILL_ROLES.map(async (role) => [role, await first.passwordOf(role)] as const)),
  );
  await setRolePasswords(first.ownerUrl, passwords);
  const url = (role: WaybillRole) => roleUrl(first.ownerUrl, role, passwords[role]);
  const ownersEyes = { mode: 0o600 };
  await writeFile(auditorUrlFile(config.dataFolder), `${url('waybill_auditor')}\n`, ownersEyes);
  await writeFile(projectorUrlFile(config.dataFolder), `${url('waybill_projector')}\n`, ownersEyes);
  await writeFile(relayUrlFile(config.dataFolder), `${url('waybill_relay')}\n`, ownersEyes);
  return { url, lost };
}

/** The roles sign in as that server lets them: by trust, by certificate, or with a password file (PGPASSFILE). */
async function givenDatabase(ownerUrl: string): Promise<Database> {
  await migrate(ownerUrl);
  return { url: (role) => roleUrl(ownerUrl, role), lost: never() };
}

function embeddedPostgres(config: WaybillConfig, logs: Logs): () => Promise<LocalPostgres> {
  const onLog = logs.lines('postgresql');
  const dataFolder = join(config.dataFolder, 'postgres');
  return onSamePort('PostgreSQL', PORT, (port) => startPostgres({ dataFolder, port, auth: 'scram', onLog }));
}
