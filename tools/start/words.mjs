// The product's commands as the start runs them, and the sign-ins that it prints.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { runToEnd } from '../embedded/watched.mjs';
import { ROOT } from '../install.mjs';

/** Runs a command of the product, which speaks for itself. Throws CannotStart where it fails and may not. */
export async function command(file, environment, { mayFail = false, args = [] } = {}) {
  const { status } = await runToEnd(process.execPath, [path.join(ROOT, 'apps/api/dist/cli', file), ...args], {
    cwd: ROOT,
    env: environment,
    output: 'inherit',
  });
  if (status !== 0 && !mayFail)
    throw new CannotStart(
      `The command ${file} failed: read what it said above and start again; it goes on where it can.`,
    );
}

/** Prints who can sign in to the demo world, where there is one. */
export function printSignIns(dataDir) {
  const file = path.join(dataDir, 'sign-ins.json');
  if (!existsSync(file)) return;
  console.log('Sign in as:');
  for (const { who, email, password } of JSON.parse(readFileSync(file, 'utf8')))
    console.log(`  ${who.padEnd(12)} ${email}   ${password}`);
}
