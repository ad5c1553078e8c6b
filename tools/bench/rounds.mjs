// Rounds that take turns, so that whatever else the machine does falls on all alike; the best of each counts.

/**
 * Runs contestants in turn, several rounds.
 * @param contestants name -> run(seconds), which returns a figure of which more is better
 * @returns name -> every figure, in the order of the rounds
 */
export async function takeTurns(contestants, { rounds, seconds, say }) {
  const names = Object.keys(contestants);
  const figures = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const turn = round % 2 === 0 ? names : names.toReversed();
    for (const name of turn) figures[name].push(await contestants[name](seconds));
    say(
      `round ${round + 1} of ${rounds}: ${names.map((name) => `${name} ${shown(figures[name].at(-1))}`).join(', ')}`,
    );
  }
  return figures;
}

/** How often an operation can be done in a second by several callers, each doing one at a time. */
export async function rate(operation, callers, seconds) {
  const began = performance.now();
  const until = began + seconds * 1000;
  let count = 0;
  const caller = async () => {
    for (; performance.now() < until; count++) await operation();
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return count / ((performance.now() - began) / 1000);
}

/** How much the rounds of a baseline differ, largest / smallest: beyond a quarter the machine was too busy to tell. */
export const spread = (figures) => best(figures) / least(figures);

export const best = (figures) => Math.max(...figures);
export const least = (figures) => Math.min(...figures);

const shown = (figure) =>
  typeof figure === 'number' ? `${Math.round(figure)}/s` : `${Math.round(figure.perSecond)}/s`;
