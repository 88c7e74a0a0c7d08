import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { scopeOf } from '#libs/access';
import { outcomeOf, type CommandOutcome } from './command-outcome.ts';
import { CommandPorts } from './command-ports.ts';
import { SubmitCommand } from './submit-command.ts';

/** Hands a command to the book of its ledger under the actor's pseudonym, held to the actor's scope. */
@CommandHandler(SubmitCommand)
export class SubmitHandler implements ICommandHandler<SubmitCommand, CommandOutcome> {
  constructor(private readonly ports: CommandPorts) {}

  async execute({ ledger, command, said, asked }: SubmitCommand): Promise<CommandOutcome> {
    const result = await this.ports.sink.submit({
      ledger,
      command,
      commandId: asked.commandId,
      actor: await this.ports.actors.pseudonymOf(asked.principal.subject),
      correlationId: asked.correlationId,
      causationId: null,
      effectiveAt: said.effectiveAt ?? null,
      recordedOn: said.recordedOn ?? null,
      reason: said.reason ?? null,
      evidence: said.evidence ?? [],
      request: { ...said, command },
      scope: scopeOf(command, asked.principal),
    });
    return outcomeOf(result);
  }
}
