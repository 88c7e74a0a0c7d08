import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { openLedger, type SubmissionResult } from '#libs/event-store';
import { CommandPorts } from '../commands/command-ports.ts';
import type { Asked } from '../admission/asked.ts';
import type { OpenLedgerDto } from './ledgers.dto.ts';

/** Opens a ledger for a group. */
export class OpenLedger {
  constructor(
    readonly opening: OpenLedgerDto,
    readonly asked: Asked,
  ) {}
}

@CommandHandler(OpenLedger)
export class OpenLedgerHandler implements ICommandHandler<OpenLedger, SubmissionResult> {
  constructor(private readonly ports: CommandPorts) {}

  async execute({ opening, asked }: OpenLedger): Promise<SubmissionResult> {
    const { ledger, clock, currency, title = null } = opening;
    const actor = await this.ports.actors.pseudonymOf(asked.principal.subject);
    const request = { ledger, clock, currency, title };
    const { outcome, replayed } = await openLedger(this.ports.database, {
      ...request,
      actor,
      commandId: asked.commandId,
      request,
    });
    if (outcome === 'exists')
      return { answer: { outcome: 'rejected', code: 'ALREADY_EXISTS', fields: { ledger } }, replayed };
    return { answer: { outcome: 'accepted', position: 0, version: 0, events: [] }, replayed };
  }
}
