#!/usr/bin/env node
import { runCli } from './cli/run.ts';
import { readConfig } from './config.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  config: readConfig(process.env),
  out: process.stdout,
  err: process.stderr,
});
