/** The HTTP edge: Nest modules that `createEdge` makes one application of. */
export { CommandEdgeModule } from './commands/command-edge.module.ts';
export { CommandPorts } from './commands/command-ports.ts';
export { LedgerPath } from './commands/paths.ts';
export { DemoModule } from './demo/demo.module.ts';
export { createEdge, type EdgeOptions } from './edge/create-edge.ts';
export { RouteNotInPolicy } from './edge/route-policy.ts';
export { HealthModule } from './health/health.module.ts';
export { DatabasesReady, Readiness, ReadSideReady } from './health/readiness.ts';
export { openApiDocument } from './openapi/open-api-document.ts';
export { edgeProblem, Problem } from './problem/problem.ts';
export { QueryEdgeModule } from './query/query-edge.module.ts';
export { QueryPorts } from './query/query-ports.ts';
export { PlaceOrderDto } from './ordering/ordering.dto.ts';
export { columnsOfSchema, type DocumentedField } from './reports/tables/columns.ts';
export { parquetOf } from './reports/tables/parquet.ts';
