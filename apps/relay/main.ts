import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { RelayModule } from './relay.module.ts';

const config = readConfig();
const logger = pino({ name: 'relay', level: config.logLevel });
try {
  const app = await NestFactory.createApplicationContext(RelayModule.forRoot(config, logger), {
    logger: false,
    abortOnError: false,
  });
  app.enableShutdownHooks([], { useProcessExit: true });
} catch (error) {
  logger.fatal({ err: error }, 'relay cannot start');
  process.exitCode = 1;
}
