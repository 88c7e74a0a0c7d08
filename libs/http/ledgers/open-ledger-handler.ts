import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { openLedger } from '#libs/event-store';
import { outcomeOf, type CommandOutcome } from '../commands/command-outcome.ts';
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
export class OpenLedgerHandler implements ICommandHandler<OpenLedger, CommandOutcome> {
  constructor(private readonly ports: CommandPorts) {}

  async execute({ opening, asked }: OpenLedger): Promise<CommandOutcome> {
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
      return outcomeOf({ answer: { outcome: 'rejected', code: 'ALREADY_EXISTS', fields: { ledger } }, replayed });
    const answer = { outcome: 'accepted', position: 0, version: 0, events: [] } as const;
    return outcomeOf({ answer, replayed }, `/v1/ledgers/${ledger}`);
  }
}
