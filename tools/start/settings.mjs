// Arguments and settings, all checked before anything works for a minute. The settings are those of
// apps/api/src/platform/config/settings.ts, printed to apps/api/settings.json so that plain Node can read them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { ROOT } from '../install.mjs';
import { isBlocked } from './blocked-ports.mjs';

/** Reads arguments and environment. Throws CannotStart naming what is wrong. */
export function readSettings(environment = process.env) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new CannotStart(
      `Node ${process.versions.node} is too old: install Node 20.19 or newer and start again.`,
    );
  const { empty, port } = readArguments();
  sayRetired(environment);
  const given = { ...environment, ...(port !== undefined && { PORT: port }) };
  checkSettings(given);
  if (given.DATABASE_URL)
    for (const name of ['DATABASE_OWNER_URL', 'SANDBOX_DATABASE_URL'])
      if (!given[name] && !(name === 'SANDBOX_DATABASE_URL' && given.STRIPE_SECRET_KEY))
        throw new CannotStart(
          `DATABASE_URL is set but ${name} is not: set it to the same database for the role ${name === 'DATABASE_OWNER_URL' ? 'tallystick_owner' : 'tallystick_sandbox'} and start again.`,
        );
  const chosen = Number(given.PORT || 4000);
  if (isBlocked(chosen))
    throw new CannotStart(
      `Browsers open nothing at port ${chosen}, which belongs to another service: choose another one with PORT, e.g. 4000, and start again.`,
    );
  return {
    isEmpty: empty,
    port: chosen,
    host: given.HOST || '127.0.0.1',
    dataDir: path.resolve(given.DATA_DIR || path.join(ROOT, '.data')),
  };
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        empty: { type: 'boolean', default: false },
        port: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new CannotStart(`${error.message.split('.')[0]}: use npm start -- [--empty] [--port N].`);
  }
}

/** Says each setting that is there and no longer read, with what to do instead, and takes it away: what is started says it no second time. */
function sayRetired(environment) {
  const retired = JSON.parse(readFileSync(path.join(ROOT, 'apps/api/retired-settings.json'), 'utf8'));
  for (const [name, instead] of Object.entries(retired)) {
    if (environment[name]) console.log(`The setting ${name} is no longer read: ${instead}.`);
    delete environment[name];
  }
}

/** Checks every setting that is there. Throws CannotStart in the words of the product's own check. */
export function checkSettings(environment) {
  const settings = JSON.parse(readFileSync(path.join(ROOT, 'apps/api/settings.json'), 'utf8'));
  for (const [name, setting] of Object.entries(settings)) {
    const value = environment[name];
    if (value !== undefined && value !== '' && !isGood(setting, value))
      throw new CannotStart(
        `The setting ${name} (${setting.help}) is ${shown(name, value)}, which is not ${setting.must}: correct it and start again.`,
      );
  }
}

function isGood({ type, minimum, maximum, minLength, pattern, format, enum: values }, text) {
  if (type === 'integer') {
    const number = Number(text);
    return (
      /^\d+$/.test(text) &&
      Number.isSafeInteger(number) &&
      number >= (minimum ?? -Infinity) &&
      number <= (maximum ?? Infinity)
    );
  }
  if (values) return values.includes(text);
  if (format === 'uri') return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  return (!pattern || new RegExp(pattern).test(text)) && text.length >= (minLength ?? 0);
}

/** Nothing of a secret reaches a message, nor of an address that may hold a password. */
function shown(name, value) {
  const isSecret = /SECRET|KEY|(DATABASE|OWNER|REDIS|SMTP)_URL/.test(name);
  return isSecret ? 'set to a secret value' : JSON.stringify(value);
}
