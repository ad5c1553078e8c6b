import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { startOrSay } from './platform/log/start-or-say';
import { WorkerModule } from './worker.module';

/** Starts the worker. */
async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(WorkerModule, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.enableShutdownHooks();
}

startOrSay('worker', main);
