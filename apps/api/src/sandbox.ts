import { Config } from './platform/config/config';
import { startOrSay } from './platform/log/start-or-say';
import { Sandbox } from './sandbox/run';

/** Starts the sandbox rail. */
async function main(): Promise<void> {
  const config = new Config();
  const sandbox = await Sandbox.start({
    databaseUrl: config.get('SANDBOX_DATABASE_URL') ?? '',
    secret: config.get('SANDBOX_SECRET'),
    port: config.get('SANDBOX_PORT'),
    webhookUrl: `http://${config.get('HOST')}:${config.get('PORT')}/webhooks/rail`,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
}

startOrSay('sandbox rail', main);
