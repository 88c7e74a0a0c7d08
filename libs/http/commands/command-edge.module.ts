import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ApprovalsController } from '../approvals/approvals.controller.ts';
import { ClaimsController } from '../claims/claims.controller.ts';
import { AttachmentsController } from '../evidence/attachments.controller.ts';
import { FacilitiesController } from '../facilities/facilities.controller.ts';
import { FundingController } from '../funding/funding.controller.ts';
import { LedgerOpeningsController } from '../ledgers/ledger-openings.controller.ts';
import { OpenBranchHandler } from '../ledgers/open-branch-handler.ts';
import { OpenLedgerHandler } from '../ledgers/open-ledger-handler.ts';
import { ExposuresController } from '../logistics/exposures.controller.ts';
import { RedirectionsController } from '../logistics/redirections.controller.ts';
import { ReturnsController } from '../logistics/returns.controller.ts';
import { ShipmentsController } from '../logistics/shipments.controller.ts';
import { AmendmentsController } from '../ordering/amendments.controller.ts';
import { OrderingController } from '../ordering/ordering.controller.ts';
import { PartiesController } from '../parties/parties.controller.ts';
import { StockController } from '../stock/stock.controller.ts';
import { CommandPorts } from './command-ports.ts';
import { SubmitHandler } from './submit-handler.ts';

/** Every command over HTTP. */
@Module({})
export class CommandEdgeModule {
  static forRoot(ports: CommandPorts): DynamicModule {
    return {
      module: CommandEdgeModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        LedgerOpeningsController,
        PartiesController,
        FacilitiesController,
        FundingController,
        OrderingController,
        AmendmentsController,
        ShipmentsController,
        ReturnsController,
        RedirectionsController,
        ExposuresController,
        StockController,
        ClaimsController,
        AttachmentsController,
        ApprovalsController,
      ],
      providers: [{ provide: CommandPorts, useValue: ports }, SubmitHandler, OpenLedgerHandler, OpenBranchHandler],
    };
  }
}
