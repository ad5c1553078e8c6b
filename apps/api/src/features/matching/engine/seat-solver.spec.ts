import type { SeatProblem } from '@tallystick/matching';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SeatSolver } from './seat-solver';

const HOOK = path.join(__dirname, '../../../../../../tools/jest/typescript-hook.cjs');

/** 40 openings of three seats and 60 people who fit all of them, one seat each: far more than the seconds here for a search without an end. */
function hard(): SeatProblem {
  const ids = (count: number, name: string) => Array.from({ length: count }, (_, at) => `${name}${at}`);
  return {
    openings: ids(40, 'o').map((id) => ({ id, seats: 3 })),
    experts: ids(60, 'e').map((id) => ({ id, seats: 1 })),
    pairs: ids(40, 'o').flatMap((openingId, opening) =>
      ids(60, 'e').map((expertId, expert) => ({
        ...{ openingId, expertId },
        affinity: ((opening * 7919 + expert * 104_729 + opening * expert * 1299) % 9973) / 9973,
      })),
    ),
  };
}

function solverFor(seconds: number, ...hooks: string[]): SeatSolver {
  const solver = new SeatSolver();
  solver.seconds = seconds;
  solver.execArgv = [HOOK, ...hooks].flatMap((file) => ['--require', file]);
  return solver;
}

describe('a search for seats in a thread of its own', () => {
  it('lets this thread go on, and ends at its time with the best found, not proven', async () => {
    const solver = solverFor(6);
    let ticks = 0;
    const clock = setInterval(() => (ticks += 1), 20);
    const steps: string[] = [];
    const outcome = await solver.solve(hard(), { told: ({ at }) => steps.push(at) });
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(20);
    expect(steps.slice(0, 3)).toEqual(['AUCTION', 'RULES', 'FLOOR']);
    if (!outcome?.ok) throw new Error('nothing found');
    expect(outcome.assignment.isProven).toBe(false);
    expect(outcome.assignment.seats.length).toBeGreaterThan(50);
    expect(solver.running).toBe(0);
  });

  it('ends a thread that does not end by itself, and says that nothing was worked out', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-seats-'));
    const file = path.join(folder, 'never.cjs');
    writeFileSync(file, 'for (;;);\n');
    try {
      const solver = solverFor(1, file);
      expect(await solver.solve(hard())).toEqual({
        ok: false,
        refusals: [{ code: 'NOT_WORKED_OUT', wanted: 120, reached: 0 }],
      });
      expect(solver.running).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('stops when nobody waits for it any more', async () => {
    const solver = solverFor(60);
    const stop = new AbortController();
    const outcome = await solver.solve(hard(), { signal: stop.signal, told: () => stop.abort() });
    expect(outcome).toBeUndefined();
    expect(solver.running).toBe(0);
  });
});
