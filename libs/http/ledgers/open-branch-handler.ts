import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LedgerUnknown, openBranch } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { Asked } from '../admission/asked.ts';
import { outcomeOf, type CommandOutcome } from '../commands/command-outcome.ts';
import { CommandPorts } from '../commands/command-ports.ts';
import { edgeProblem } from '../problem/problem.ts';
import type { OpenBranchDto } from './ledgers.dto.ts';

/** Opens a what-if: a branch of a ledger from a position on. */
export class OpenBranch {
  constructor(
    readonly ledger: Id,
    readonly opening: OpenBranchDto,
    readonly asked: Asked,
  ) {}
}

@CommandHandler(OpenBranch)
export class OpenBranchHandler implements ICommandHandler<OpenBranch, CommandOutcome> {
  constructor(private readonly ports: CommandPorts) {}

  async execute({ ledger, opening, asked }: OpenBranch): Promise<CommandOutcome> {
    const { branchId, fromPosition, title = null } = opening;
    const { outcome, replayed, headPosition } = await openBranch(this.ports.database, {
      branch: branchId,
      of: { ledger, position: fromPosition },
      title,
      actor: await this.ports.actors.pseudonymOf(asked.principal.subject),
      commandId: asked.commandId,
      request: { ledger, branchId, fromPosition, title },
    });
    switch (outcome) {
      case 'unknown_parent':
        throw new LedgerUnknown(ledger);
      case 'branch_of_branch':
        throw edgeProblem('BRANCH_OF_BRANCH', { fields: { ledger } });
      case 'beyond_head':
        throw edgeProblem('POSITION_UNKNOWN', { fields: { fromPosition, headPosition: headPosition ?? 0 } });
      case 'exists':
        return outcomeOf({ answer: { outcome: 'rejected', code: 'ALREADY_EXISTS', fields: { branchId } }, replayed });
      case 'opened': {
        const answer = { outcome: 'accepted', position: fromPosition, version: 0, events: [] } as const;
        return outcomeOf({ answer, replayed }, `/v1/ledgers/${branchId}`);
      }
    }
  }
}
