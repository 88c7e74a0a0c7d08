import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { BearerCheck } from '#libs/access';
import { AdmissionGuard } from '../admission/admission-guard.ts';
import { CallerRates } from '../admission/caller-rates.ts';
import { tellOutcomes } from '../commands/command-outcome.ts';
import { BODY_BYTES_MAX, readStrictJson } from '../json/body-parser.ts';
import { serveDocs } from '../openapi/serve-docs.ts';
import { serveSchemas } from '../openapi/serve-schemas.ts';
import { ProblemFilter, sendProblem } from '../problem/problem-filter.ts';
import { ShapePipe } from '../shape/shape-pipe.ts';
import { forwardCommands } from './forward-commands.ts';
import { limitGrace } from './grace.ts';
import { malformedHttp } from './malformed-http.ts';
import { EdgeLogger, logRequests, type OnAnswered } from './request-log.ts';
import { watchRoutes } from './route-policy.ts';
import { secureHeaders } from './secure-headers.ts';
import { refuseRepeatedHeaders } from './single-headers.ts';
import { serveUi } from './serve-ui.ts';

export interface EdgeOptions {
  readonly bearer: BearerCheck;
  /** pino's, or any logger of its shape. */
  readonly logger: FastifyBaseLogger;
  /** Requests a second and caller in the long run; 2,000 when left out. */
  readonly callerRatePerSecond?: number;
  /** The folder of the UI's files, served at `/`; none when left out. */
  readonly uiFolder?: string;
  /** Where POST requests under /v1 are sent on to, such as `http://127.0.0.1:3001`; they are answered here when left out. */
  readonly commandsUrl?: string;
  /** Hears of every answer. */
  readonly onAnswered?: OnAnswered;
  /** Runs when the application has answered its last request. */
  readonly onClose?: () => Promise<void>;
}

/**
 * One HTTP application of `modules`: strict JSON, the policy, problems, headers, logs, /openapi.json, /docs and /schemas. It is initialised, not yet listening.
 * Throws RouteNotInPolicy when a module brings a route that the policy does not name.
 *
 * @example const app = await createEdge([CommandEdgeModule.forRoot(commands), HealthModule.forRoot(readiness)], options); await app.listen(3000, '127.0.0.1');
 */
export async function createEdge(
  modules: readonly DynamicModule[],
  options: EdgeOptions,
): Promise<NestFastifyApplication> {
  const adapter = fastifyAdapter(options);
  const fastify = adapter.getInstance<FastifyInstance>();
  const routes = watchRoutes(fastify);
  // Known before the first request, so that all requests have one shape.
  for (const noted of ['principal', 'trace', 'jsonViolations']) fastify.decorateRequest(noted, undefined);
  secureHeaders(fastify);
  logRequests(fastify, options.onAnswered);
  limitGrace(fastify);
  refuseRepeatedHeaders(fastify);
  readStrictJson(fastify);
  tellOutcomes(fastify);
  const { onClose } = options;
  if (onClose !== undefined) fastify.addHook('onClose', onClose);
  const edge = { module: EdgeModule, imports: [...modules] };
  const app = await NestFactory.create<NestFastifyApplication>(edge, adapter, {
    bodyParser: false,
    logger: new EdgeLogger(options.logger),
    abortOnError: false,
  });
  app.useGlobalGuards(
    new AdmissionGuard(options.bearer, new CallerRates(options.callerRatePerSecond ?? CALLER_RATE_PER_SECOND)),
  );
  app.useGlobalPipes(new ShapePipe());
  app.useGlobalFilters(new ProblemFilter());
  await serveDocs(app, fastify);
  serveSchemas(fastify);
  if (options.uiFolder !== undefined) await serveUi(fastify, options.uiFolder);
  if (options.commandsUrl !== undefined) await forwardCommands(fastify, options.commandsUrl);
  await app.init();
  await fastify.ready();
  routes.assertAllInPolicy();
  return app;
}

const CALLER_RATE_PER_SECOND = 2_000;
const PATH_PARAMETER_LENGTH_MAX = 512;

@Module({})
class EdgeModule {}

function fastifyAdapter({ logger }: EdgeOptions): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: PATH_PARAMETER_LENGTH_MAX },
    forceCloseConnections: 'idle',
    frameworkErrors: sendProblem,
    clientErrorHandler: malformedHttp,
  });
}
