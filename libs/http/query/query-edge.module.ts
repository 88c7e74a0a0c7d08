import { type DynamicModule, Module } from '@nestjs/common';
import { RulesInForce } from '../approvals/rules-in-force.ts';
import { RulesInForceController } from '../approvals/rules-in-force.controller.ts';
import { EventPages } from '../audit/event-pages.ts';
import { LiveEvents } from '../audit/live-events.ts';
import { EventsController } from '../audit/events.controller.ts';
import { DocumentsController } from '../evidence/documents.controller.ts';
import { InboxController } from '../inbox/inbox.controller.ts';
import { InboxReader } from '../inbox/inbox-reader.ts';
import { LedgerList } from '../ledgers/ledger-list.ts';
import { LedgersController } from '../ledgers/ledgers.controller.ts';
import { DifferenceReader } from '../differences/difference-reader.ts';
import { DifferencesController } from '../differences/differences.controller.ts';
import { LineageController } from '../lineage/lineage.controller.ts';
import { LineageReader } from '../lineage/lineage-reader.ts';
import { ProjectionLags } from '../projections/projection-lags.ts';
import { ProjectionsController } from '../projections/projections.controller.ts';
import { ReportReader } from '../reports/report-reader.ts';
import { AccountsController } from '../reports/accounts.controller.ts';
import { ObligationsController } from '../reports/obligations.controller.ts';
import { ControlsController } from '../controls/controls.controller.ts';
import { ReportsController } from '../reports/reports.controller.ts';
import { SitesController } from '../reports/sites.controller.ts';
import { ThingReader } from '../things/thing-reader.ts';
import { ThingsController } from '../things/things.controller.ts';
import { QueryPorts } from './query-ports.ts';
import { ReadersEyes } from './readers-eyes.ts';

/** Ledgers, reports and events over HTTP. */
@Module({})
export class QueryEdgeModule {
  static forRoot(ports: QueryPorts): DynamicModule {
    return {
      module: QueryEdgeModule,
      controllers: [
        LedgersController,
        ReportsController,
        SitesController,
        ControlsController,
        AccountsController,
        ObligationsController,
        DocumentsController,
        EventsController,
        LineageController,
        DifferencesController,
        InboxController,
        ThingsController,
        RulesInForceController,
        ProjectionsController,
      ],
      providers: [
        { provide: QueryPorts, useValue: ports },
        ReadersEyes,
        ReportReader,
        LedgerList,
        EventPages,
        LiveEvents,
        LineageReader,
        DifferenceReader,
        InboxReader,
        ThingReader,
        RulesInForce,
        ProjectionLags,
      ],
    };
  }
}
