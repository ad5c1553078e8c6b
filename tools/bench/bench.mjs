// What the benches share: a PostgreSQL as the product runs it in a folder that goes away, progress on stderr, one line of JSON at the end.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../embedded/postgres.mjs';
import { endAll } from '../embedded/watched.mjs';

/** Runs a bench and prints what it returns. Whatever ends it, nothing stays behind. */
export async function inBench(run) {
  const stops = [];
  const say = (text) => console.error(text);
  const stop = async (code) => {
    for (const each of stops.splice(0)) await each();
    await endAll();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(1));
  try {
    const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-bench-'));
    chmodSync(folder, 0o755);
    stops.unshift(() => rmSync(folder, { recursive: true, force: true }));
    say('starting a database');
    const server = await startPostgres({ dataDir: path.join(folder, 'postgres') });
    stops.unshift(() => server.stop());
    console.log(JSON.stringify(await run({ folder, server, say, onStop: (each) => stops.unshift(each) })));
    await stop(0);
  } catch (error) {
    say(error.message);
    await stop(1);
  }
}

/** The numbers that a bench takes, by name, with what they are without being said. Throws where one is not above 0. */
export function numbersFrom(defaults) {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, { type: 'string', default: value }]),
  );
  const numbers = Object.fromEntries(
    Object.entries(parseArgs({ options }).values).map(([name, text]) => [name, Number(text)]),
  );
  for (const [name, number] of Object.entries(numbers))
    if (!(number > 0)) throw new Error(`--${name} takes a number above 0.`);
  return numbers;
}
