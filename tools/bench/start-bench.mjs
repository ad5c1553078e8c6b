// B3: how long the API takes from its spawn to listening, beside a Node that does nothing.
import path from 'node:path';
import { freePort } from '../embedded/postgres.mjs';
import { startNothing, startProgram } from './program.mjs';
import { least, spread } from './rounds.mjs';

/** A start takes seconds: so many are enough. */
const STARTS_AT_MOST = 5;

/** Measures starts. Returns the least of each, milliseconds. */
export async function benchStart({ root, environment, rounds: wanted, say }) {
  const rounds = Math.min(wanted, STARTS_AT_MOST);
  const cold = [];
  const boot = [];
  const nothing = [];
  for (let round = 0; round < rounds; round++) {
    nothing.push(await startNothing(), await startNothing());
    const program = await startProgram(path.join(root, 'apps/api/dist/main.js'), {
      ...environment,
      PORT: String(await freePort()),
    });
    await program.stop();
    cold.push(program.coldMs);
    boot.push(program.bootMs);
    say(
      `start ${round + 1} of ${rounds}: ${Math.round(program.coldMs)} ms, of which boot ${Math.round(program.bootMs)} ms`,
    );
  }
  return {
    coldMs: least(cold),
    bootMs: least(boot),
    nothingMs: least(nothing),
    spreads: { start: spread(nothing) },
  };
}
