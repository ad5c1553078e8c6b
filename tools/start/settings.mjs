// The settings of the start itself, read once. Everything else is read by the processes (apps/api/src/platform/config).
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../install.mjs';

/** Something that the person who starts must change; its message says what. */
export class CannotStart extends Error {}

/** Reads arguments and environment. Throws CannotStart naming what is wrong. */
export function readSettings(environment = process.env) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new CannotStart(
      `Node ${process.versions.node} is too old. Install Node 20.19 or newer and start again.`,
    );
  let values;
  try {
    ({ values } = parseArgs({
      options: { empty: { type: 'boolean', default: false }, port: { type: 'string' } },
    }));
  } catch (error) {
    throw new CannotStart(`${error.message.split('.')[0]}. Use npm start -- [--empty] [--port N].`);
  }
  const text = values.port ?? environment.PORT ?? '4000';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535)
    throw new CannotStart(
      `PORT is ${JSON.stringify(text)}, which is not a port. Set it to a number from 1 to 65535 and start again.`,
    );
  for (const [name, pattern] of [
    ['DATABASE_URL', /^postgres(ql)?:\/\//],
    ['DATABASE_OWNER_URL', /^postgres(ql)?:\/\//],
    ['REDIS_URL', /^rediss?:\/\//],
  ]) {
    if (environment[name] && !pattern.test(environment[name]))
      throw new CannotStart(
        `${name} is not an address that begins with ${name === 'REDIS_URL' ? 'redis://' : 'postgresql://'}. Correct it or unset it, and start again.`,
      );
  }
  if (environment.DATABASE_URL && !environment.DATABASE_OWNER_URL)
    throw new CannotStart(
      'DATABASE_URL is set but DATABASE_OWNER_URL is not. Set it to the same database for the role tallystick_owner, which migrates.',
    );
  return {
    isEmpty: values.empty,
    port,
    host: environment.HOST || '127.0.0.1',
    dataDir: path.resolve(environment.DATA_DIR || path.join(ROOT, '.data')),
  };
}
