import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { DemoIssuer } from '#libs/access';
import { EventPages } from '../audit/event-pages.ts';
import { EventsController } from '../audit/events.controller.ts';
import { DemoController } from '../demo/demo.controller.ts';
import { RulesInForce } from '../approvals/rules-in-force.ts';
import { RulesInForceController } from '../approvals/rules-in-force.controller.ts';
import { ApprovalsController } from '../approvals/approvals.controller.ts';
import { InboxController } from '../inbox/inbox.controller.ts';
import { ClaimsController } from '../claims/claims.controller.ts';
import { AttachmentsController } from '../evidence/attachments.controller.ts';
import { DocumentsController } from '../evidence/documents.controller.ts';
import { FacilitiesController } from '../facilities/facilities.controller.ts';
import { FundingController } from '../funding/funding.controller.ts';
import { HealthController } from '../health/health.controller.ts';
import { Readiness } from '../health/readiness.ts';
import { LedgerOpeningsController } from '../ledgers/ledger-openings.controller.ts';
import { LedgerList } from '../ledgers/ledger-list.ts';
import { LedgersController } from '../ledgers/ledgers.controller.ts';
import { ExposuresController } from '../logistics/exposures.controller.ts';
import { RedirectionsController } from '../logistics/redirections.controller.ts';
import { ReturnsController } from '../logistics/returns.controller.ts';
import { ShipmentsController } from '../logistics/shipments.controller.ts';
import { AmendmentsController } from '../ordering/amendments.controller.ts';
import { OrderingController } from '../ordering/ordering.controller.ts';
import { PartiesController } from '../parties/parties.controller.ts';
import { StockController } from '../stock/stock.controller.ts';
import { ReportReader } from '../reports/report-reader.ts';
import { AccountsController } from '../reports/accounts.controller.ts';
import { DifferenceReader } from '../differences/difference-reader.ts';
import { DifferencesController } from '../differences/differences.controller.ts';
import { LineageController } from '../lineage/lineage.controller.ts';
import { InboxReader } from '../inbox/inbox-reader.ts';
import { LiveEvents } from '../audit/live-events.ts';
import { LineageReader } from '../lineage/lineage-reader.ts';
import { ObligationsController } from '../reports/obligations.controller.ts';
import { ControlsController } from '../controls/controls.controller.ts';
import { ReportsController } from '../reports/reports.controller.ts';
import { SitesController } from '../reports/sites.controller.ts';
import { ProjectionLags } from '../projections/projection-lags.ts';
import { ProjectionsController } from '../projections/projections.controller.ts';
import { ThingReader } from '../things/thing-reader.ts';
import { ThingsController } from '../things/things.controller.ts';
import { withAdmissions } from './admissions.ts';
import { withClosedBodies } from './closed-bodies.ts';

/** What the controllers stand on. They are read here, never called. */
const UNSTARTED = [
  CommandBus,
  LedgerList,
  ReportReader,
  EventPages,
  LineageReader,
  LiveEvents,
  DifferenceReader,
  InboxReader,
  ThingReader,
  RulesInForce,
  ProjectionLags,
  Readiness,
  DemoIssuer,
];

@Module({
  controllers: [
    LedgerOpeningsController,
    LedgersController,
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
    InboxController,
    ReportsController,
    SitesController,
    ControlsController,
    AccountsController,
    ObligationsController,
    DocumentsController,
    EventsController,
    LineageController,
    DifferencesController,
    ThingsController,
    RulesInForceController,
    ProjectionsController,
    HealthController,
    DemoController,
  ],
  providers: UNSTARTED.map((part) => ({ provide: part, useValue: null })),
})
class WholeApi {}

/** OpenAPI 3.1 of every command and query, whichever of them a process answers itself. Read off the controllers; nothing of them is started. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(WholeApi, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  try {
    return withAdmissions(withClosedBodies(SwaggerModule.createDocument(app, description)));
  } finally {
    await app.close();
  }
}

const description = new DocumentBuilder()
  .setOpenAPIVersion('3.1.0')
  .setTitle('Waybill')
  .setVersion('0.1.0')
  .setDescription(
    'An event-sourced procurement ledger for scarce GPU supply. A command is a POST with an Idempotency-Key; every report can be asked as of any position or instant.',
  )
  .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
  .addServer('/')
  .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
  .addTag('Ledgers', 'One ordered book a group')
  .addTag('Parties', 'Companies, SKUs, screenings')
  .addTag('Facilities', 'Sites, their capacity, what stood there before')
  .addTag('Funding', 'Budgets')
  .addTag('Ordering', 'Orders and promises')
  .addTag('Logistics', 'Shipments and redirections')
  .addTag('Stock', 'Units that stand at sites')
  .addTag('Claims', 'What was said in public')
  .addTag('Evidence', 'Documents, by their hashes')
  .addTag('Things', 'One order, shipment, redirection, site, amendment, return or request, and what happened to it')
  .addTag('Reports', 'What the events add up to')
  .addTag('Audit', 'The events themselves')
  .addTag('Service', 'Health, problem codes')
  .addTag('Demo', 'Only where the demo issuer is on')
  .build();
