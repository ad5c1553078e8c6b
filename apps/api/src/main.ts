import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { equip, httpAdapter } from './equip';
import { Config } from './platform/config/config';
import { startOrSay } from './platform/log/start-or-say';

/** Starts the API. */
async function main(): Promise<void> {
  const adapter = httpAdapter(new Config().get('TRUST_PROXY'));
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, {
    rawBody: true,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  await equip(app);
  const config = app.get(Config);
  await app.listen(config.get('PORT'), config.get('HOST'));
}

startOrSay('API', main);
