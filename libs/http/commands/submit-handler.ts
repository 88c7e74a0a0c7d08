import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { scopeOf } from '#libs/access';
import type { LedgerCommand, LedgerState } from '#libs/domain';
import type { Submission } from '#libs/event-store';
import { withChanges } from './changes-since.ts';
import { outcomeOf, previewOf, type CommandOutcome, type PreviewAnswer } from './command-outcome.ts';
import { CommandPorts } from './command-ports.ts';
import { toldTo } from './own-figures.ts';
import { SubmitCommand } from './submit-command.ts';

/** Hands a command to the book of its ledger under the actor's pseudonym, held to the actor's scope; a dry run to a preview. */
@CommandHandler(SubmitCommand)
export class SubmitHandler implements ICommandHandler<SubmitCommand, CommandOutcome | PreviewAnswer> {
  constructor(private readonly ports: CommandPorts) {}

  async execute(asked: SubmitCommand): Promise<CommandOutcome | PreviewAnswer> {
    const submission = await this.submissionOf(asked);
    const { ledger } = submission;
    const { ledgers, previews, sink } = this.ports;
    const { principal, isDryRun } = asked.asked;
    if (isDryRun) {
      return previewOf(toldTo(principal, await withChanges(ledgers, ledger, await previews.preview(submission))));
    }
    const { answer, replayed } = await sink.submit(submission);
    if (answer.outcome === 'accepted') return outcomeOf({ answer, replayed });
    return outcomeOf({ answer: toldTo(principal, await withChanges(ledgers, ledger, answer)), replayed });
  }

  private async submissionOf(submitted: SubmitCommand): Promise<Submission<LedgerState, LedgerCommand>> {
    const { ledger, said, asked, stream } = submitted;
    const command = await this.pseudonymous(submitted.command);
    const { expectedVersion: version } = asked;
    return {
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
      request: version === null ? { ...said, command } : { ...said, command, expectedVersion: version },
      scope: scopeOf(command, asked.principal),
      expected: version === null || stream === null ? undefined : { stream, version },
    };
  }

  /** A command that names a person names them as the ledger knows them. */
  private async pseudonymous(command: LedgerCommand): Promise<LedgerCommand> {
    if (command.type !== 'SetApprovalLimit' || command.approver === undefined) return command;
    return { ...command, approver: await this.ports.actors.pseudonymOf(command.approver) };
  }
}
