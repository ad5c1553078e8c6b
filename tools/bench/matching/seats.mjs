// Seats on the affinities of a conference (MIDL 2019): three reviewers for each paper, at most four papers for each reviewer.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../install.mjs';
import { dataFolder } from '../../taxonomy/data-folder.mjs';
import { atLeast, below } from './judged.mjs';

export const MIDL = 'midl-assignment';
/** Totals are printed to six places, and these two to two and four: the best there is. Source: the linear program's bound. */
const LEAST = { total: 201.765, worst: 0.94475 };

/** Runs `npm run match:seats` on it; undefined, with a sentence, where it is not there. */
export function seats(folder, say) {
  const data = dataFolder(MIDL);
  if (data === undefined) {
    say(`${MIDL}: left out, there is no folder shared/data/${MIDL} beside this copy`);
    return undefined;
  }
  const options = [
    '--affinity',
    path.join(data, 'midl_scores.csv'),
    '--per-opening',
    '3',
    '--per-expert',
    '4',
  ];
  const run = spawnSync(
    process.execPath,
    [path.join(ROOT, 'tools/match-seats.mjs'), ...options, '--out', path.join(folder, 'seats.csv')],
    { encoding: 'utf8' },
  );
  if (run.status !== 0) throw new Error(`the seats could not be assigned: ${run.stderr}`);
  const found = JSON.parse(run.stdout);
  say(`${MIDL}: total ${found.total}, worst ${found.worst}, ${found.seconds} s`);
  return {
    results: {
      [`${MIDL} total`]: atLeast(LEAST.total, found.total),
      [`${MIDL} worst`]: atLeast(LEAST.worst, found.worst),
      [`${MIDL} seconds`]: below(1, found.seconds),
    },
    figures: { seats: found },
  };
}
