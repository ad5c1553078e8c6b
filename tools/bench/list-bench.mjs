// G2 and G6: our list of openings through GraphQL, beside a plain REST route on the same rows, database and pool size.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../embedded/postgres.mjs';
import { load } from './load.mjs';
import { startProgram } from './program.mjs';
import { best, least, spread, takeTurns } from './rounds.mjs';

const PLAIN_SERVER = fileURLToPath(new URL('plain-server.mjs', import.meta.url));
const LIST = `query Openings {
  publicOpenings(first: 20) {
    totalCount
    edges { node {
      id title rung rateMin { minor currency } rateMax { minor currency } seats seatsFilled hoursPerWeek weeks startsOn
      countries publishedAt projectTitle taskFamily labName
      skills { label isRequired } credentials { type jurisdiction } languages { language level }
    } }
  }
}`;

/** Measures the list. Returns figures of both sides, calls a second and milliseconds. */
export async function benchList({ root, environment, rounds, seconds, say }) {
  const [port, plainPort] = [await freePort(), await freePort()];
  const programs = [];
  try {
    programs.push(
      await startProgram(path.join(root, 'apps/api/dist/main.js'), { ...environment, PORT: String(port) }),
    );
    programs.push(await startProgram(PLAIN_SERVER, { ...environment, PORT: String(plainPort) }));
    const ours = { url: `http://127.0.0.1:${port}/graphql`, body: JSON.stringify({ query: LIST }) };
    const plain = { url: `http://127.0.0.1:${plainPort}/openings` };
    for (const each of [ours, plain]) await load({ ...each, callers: 8, seconds });
    const figures = await takeTurns(
      {
        graphql: (time) => load({ ...ours, callers: 8, seconds: time }),
        rest: (time) => load({ ...plain, callers: 8, seconds: time }),
        graphqlOfFour: (time) => load({ ...ours, callers: 4, seconds: time }),
      },
      { rounds, seconds, say },
    );
    const perSecond = (name) => best(figures[name].map((each) => each.perSecond));
    return {
      spreads: { list: spread(figures.rest.map((each) => each.perSecond)) },
      graphqlPerSecond: perSecond('graphql'),
      restPerSecond: perSecond('rest'),
      steadiest: least(figures.graphqlOfFour.map(({ p99, p50 }) => p99 / p50)),
      p50: least(figures.graphqlOfFour.map(({ p50 }) => p50)),
      p99: least(figures.graphqlOfFour.map(({ p99 }) => p99)),
    };
  } finally {
    for (const program of programs) await program.stop();
  }
}
