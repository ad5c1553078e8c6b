// What backup, restore and upgrade have in common: their arguments, and one sentence where they cannot go on.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { endAll } from '../embedded/watched.mjs';
import { ROOT } from '../install.mjs';

/** Reads arguments that all take a text. Throws CannotStart with the usage. */
export function readWords(usage, names) {
  try {
    return parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) }).values;
  } catch (error) {
    throw new CannotStart(`${error.message.split('.')[0]}: use ${usage}.`);
  }
}

/** The data folder that is meant: --data-dir, else DATA_DIR, else .data of this checkout. */
export const dataDirOf = (words) =>
  path.resolve(words['data-dir'] || process.env.DATA_DIR || path.join(ROOT, '.data'));

/** Runs a command; where it cannot go on, it says one sentence and ends with 1. */
export async function said(work) {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      isStopping = true;
      void endAll().then(() => process.exit(1));
    });
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    // What was broken off fails by that; there is nothing to tell.
    if (isStopping) return;
    console.error(
      error instanceof CannotStart
        ? error.message
        : error.code === 'ENOSPC'
          ? 'The disk is full: free some space and run this again; nothing was changed.'
          : `This could not be done (${error.message}): nothing was changed; mend that and run it again.`,
    );
  }
}
