// The demo world of a first start: loaded whole, or not at all.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { ROOT } from '../install.mjs';
import { command } from './words.mjs';

const WORLD = path.join(ROOT, 'prisma/seed/demo/world.jsonl.br');
const markOf = (dataDir) => path.join(dataDir, 'demo-begun');

/** Throws CannotStart where a first start would load the demo world beside Stripe: its money is the sandbox rail's. */
export function mustHaveItsRail({ dataDir, isEmpty }) {
  const isFirst = !existsSync(path.join(dataDir, 'made.json'));
  if (process.env.STRIPE_SECRET_KEY && isFirst && !isEmpty && !process.env.DATABASE_URL)
    throw new CannotStart(
      'The demo world needs the sandbox rail, and STRIPE_SECRET_KEY is set: start with npm start -- --empty, or unset STRIPE_SECRET_KEY and start again.',
    );
}

/** Loads three months from the snapshot. A mark says that the world is not whole yet. */
export async function loadDemoWorld(dataDir, superuserUrl) {
  writeFileSync(markOf(dataDir), '');
  const { default: snapshot } = await import('../../apps/api/dist/demo/snapshot/load.js');
  await snapshot.loadWorld(superuserUrl, WORLD, path.join(dataDir, 'files'), new Date());
}

/** Plays the present week and proves the books. Its writes wait for no disk: a broken world is made anew. */
export async function finishDemoWorld(dataDir, environment) {
  const url = new URL(environment.DATABASE_URL);
  url.searchParams.set('options', '-c synchronous_commit=off -c statement_timeout=60000');
  await command('seed-demo.js', { ...environment, DATABASE_URL: url.toString().replaceAll('+', '%20') });
  rmSync(markOf(dataDir));
}

/** A demo world whose loading was broken off goes whole, with what the start made around it, and is loaded anew. */
export function forgetHalfWorld(dataDir) {
  // The demo world is in the embedded database only: a server of one's own is never emptied.
  if (!existsSync(markOf(dataDir)) || process.env.DATABASE_URL) return;
  for (const name of ['postgres', 'seals', 'keys', 'files', 'sign-ins.json', 'demo-begun'])
    rmSync(path.join(dataDir, name), { recursive: true, force: true });
  console.log('The demo world was not finished the last time. It is made anew.');
}
