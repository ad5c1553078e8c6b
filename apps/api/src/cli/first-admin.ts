import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CreateFirstAdmin } from '../features/account/account.public';
import { FeaturesModule } from '../features.module';
import { Config } from '../platform/config/config';
import { startOrSay } from '../platform/log/start-or-say';

/** Prints the link by which the first admin of an empty product signs up. */
async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(FeaturesModule, {
    logger: ['error'],
    abortOnError: false,
  });
  const token = await app.get(CreateFirstAdmin).makeLink();
  const text =
    token === undefined
      ? 'The product has staff already; sign in instead.'
      : `First admin, once, within 7 days: ${app.get(Config).publicUrl}/first-admin#${token}`;
  process.stdout.write(`${text}\n`);
  await app.close();
}

startOrSay('command', main);
