import { randomUUID } from 'node:crypto';
import type { Submission } from '../types.ts';
import type { Warehouse, WarehouseCommand } from './warehouse.ts';

/** A submission of `command` by one actor, under an id of its own unless told. */
export function submissionOf(
  ledger: string,
  command: WarehouseCommand,
  overrides: Partial<Submission<Warehouse, WarehouseCommand>> = {},
): Submission<Warehouse, WarehouseCommand> {
  const commandId = overrides.commandId ?? randomUUID();
  return {
    ledger,
    command,
    commandId,
    actor: '6f1c1f0e-6c3c-4c39-8d5f-0d6f0f3b8a01',
    correlationId: commandId,
    causationId: null,
    effectiveAt: null,
    recordedOn: null,
    reason: null,
    evidence: [],
    request: command,
    scope: () => null,
    ...overrides,
  };
}
