import type { Queryable } from './queryable.ts';
import { EventStoreError } from './errors.ts';

/** The server may lose what it acknowledged. `settings` are those that are off. */
export class ServerNotDurable extends EventStoreError {
  readonly code = 'SERVER_NOT_DURABLE';
  readonly retriable = false;
  constructor(readonly settings: readonly string[]) {
    super(`PostgreSQL would lose acknowledged commands: ${settings.join(', ')} off`);
  }
}

/** The role could read or change what it must not. */
export class RoleTooPowerful extends EventStoreError {
  readonly code = 'ROLE_TOO_POWERFUL';
  readonly retriable = false;
  constructor(readonly role: string) {
    super(`role ${role} is superuser or bypasses row security`);
  }
}

/** Throws {@link ServerNotDurable} when fsync, full_page_writes or synchronous_commit is off, unless told that the data is a throw-away. */
export async function assertDurable(
  database: Queryable,
  { throwAway = false }: { throwAway?: boolean } = {},
): Promise<void> {
  if (throwAway) return;
  const { rows } = await database.query<{ name: string }>(
    `select name
       from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit')
        and setting = 'off'
      order by name`,
  );
  if (rows.length > 0) throw new ServerNotDurable(rows.map((row) => row.name));
}

/** Throws {@link RoleTooPowerful} when the connected role, or one it can become, is superuser or has BYPASSRLS. */
export async function assertLeastPrivilege(database: Queryable): Promise<void> {
  const { rows } = await database.query<{ rolname: string }>(
    `select rolname
       from pg_roles
      where (rolsuper or rolbypassrls)
        and pg_has_role(session_user, oid, 'member')
      limit 1`,
  );
  const [role] = rows;
  if (role !== undefined) throw new RoleTooPowerful(role.rolname);
}
