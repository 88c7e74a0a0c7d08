import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { AttachEvidenceDto } from './evidence.dto.ts';

@ApiTags('Evidence')
@Controller('v1/ledgers/:ledger/evidence')
export class AttachmentsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('AttachEvidence', {
    summary: 'Attach documents to something that is there, by their hashes',
    events: ['EvidenceAttached'],
  })
  attachEvidence(
    @Param() path: LedgerPath,
    @Body() body: AttachEvidenceDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('AttachEvidence', path, body, asked));
  }
}
