// The demo world of a first start: made whole, or not at all.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { command } from './words.mjs';

const markOf = (dataDir) => path.join(dataDir, 'demo-begun');

/** Makes the demo world; a mark says that it is not whole yet. Its writes wait for no disk: a broken one is made anew. */
export async function makeDemoWorld(dataDir, environment) {
  writeFileSync(markOf(dataDir), '');
  const url = new URL(environment.DATABASE_URL);
  url.searchParams.set('options', '-c synchronous_commit=off -c statement_timeout=60000');
  await command('seed-demo.js', { ...environment, DATABASE_URL: url.toString().replaceAll('+', '%20') });
  rmSync(markOf(dataDir));
}

/** A making of the demo world that was broken off leaves half a world: it goes whole, and is made anew. Throws CannotStart. */
export function forgetHalfWorld(dataDir) {
  if (!existsSync(markOf(dataDir))) return;
  if (process.env.DATABASE_URL)
    throw new CannotStart(
      `The making of the demo world was broken off in the database that DATABASE_URL names: empty that database, delete ${markOf(dataDir)} and start again.`,
    );
  for (const name of ['postgres', 'seals', 'keys', 'files', 'sign-ins.json', 'demo-begun'])
    rmSync(path.join(dataDir, name), { recursive: true, force: true });
  console.log('The demo world was not finished the last time. It is made anew.');
}
