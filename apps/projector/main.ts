import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { ProjectorModule } from './projector.module.ts';

const config = readConfig();
const logger = pino({ name: 'projector', level: config.logLevel });
try {
  const app = await NestFactory.createApplicationContext(ProjectorModule.forRoot(config, logger), {
    logger: false,
    abortOnError: false,
  });
  app.enableShutdownHooks([], { useProcessExit: true });
} catch (error) {
  logger.fatal({ err: error }, 'projector cannot start');
  process.exitCode = 1;
}
