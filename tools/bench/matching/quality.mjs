// How well each ranks a judged set: ours beside the rivals, query by query.
import { pairedBootstrap } from './bootstrap.mjs';
import { comparable } from './comparable.mjs';
import { means, measures, ranked } from './measures.mjs';
import { ours } from './ours.mjs';
import { askedOf, rivals } from './rivals.mjs';
import { votes } from './votes.mjs';

/** Measures everybody on a set. @returns name of each variant -> figures, with how far ours is above each rival */
export async function quality(set, url, say) {
  const own = measuredOurs(set, say);
  const others = await measuredRivals(set, url, say);
  return Object.fromEntries(
    Object.entries(set.variants).map(([name, queries]) => [
      name,
      {
        queries: queries.length,
        experts: set.experts.length,
        ours: own[name].means,
        ...(own[name].comparable && { comparable: own[name].comparable }),
        rivals: Object.fromEntries(
          Object.entries(others).map(([rival, variants]) => [rival, beside(own[name], variants[name])]),
        ),
      },
    ]),
  );
}

function measuredOurs(set, say) {
  const score = ours(set);
  const measured = {};
  for (const [name, queries] of Object.entries(set.variants)) {
    measured[name] = measuredBy(
      queries,
      queries.map((query) => score(query)),
    );
    say(`${name}: ours ${shown(measured[name])}`);
  }
  const [[first, queries]] = Object.entries(set.variants);
  measured[first].comparable = comparable(queries, score);
  const { byScore, bySum } = measured[first].comparable;
  say(
    `${first}: all pairs in one ranking, by score ${byScore.allPairs.toFixed(3)}, by sum ${bySum.allPairs.toFixed(3)}`,
  );
  return measured;
}

/** Name of a rival -> name of a variant -> measures. Texts are scored once: variants differ in what is left out. */
async function measuredRivals({ variants, texts, textsOf }, url, say) {
  const [asked] = Object.values(variants);
  const { scorers, stop } = await rivals(texts, url);
  const measured = {};
  for (const [rival, score] of Object.entries(scorers)) {
    const scores = [];
    for (const query of asked) scores.push(Array.from(await score(askedOf(query))));
    measured[rival] = {};
    for (const [name, queries] of Object.entries(variants)) {
      measured[rival][name] = bestVote(queries, scores, textsOf);
      say(`${name}: ${rival} ${shown(measured[rival][name])}`);
    }
  }
  await stop();
  return measured;
}

/** Where experts have several texts, these vote in the way that is best for this rival on this set. */
function bestVote(queries, scores, textsOf) {
  if (textsOf.every((texts) => texts.length === 1)) return measuredBy(queries, scores);
  const counted = queries.map(({ without }, at) =>
    votes(
      scores[at].map((score, text) => (text === without ? 0 : score)),
      textsOf,
    ),
  );
  const tried = Object.keys(counted[0]).map((vote) => ({
    vote,
    ...measuredBy(
      queries,
      counted.map((each) => each[vote]),
    ),
  }));
  return tried.reduce((best, each) => (each.means.map > best.means.map ? each : best));
}

/** Measures by query, and their means. */
function measuredBy(queries, scores) {
  const each = queries.map(({ barred, relevance }, at) => measures(ranked(scores[at], barred), relevance));
  return { each, means: means(each) };
}

function beside(own, { vote, means: found, each }) {
  const mapOf = (all) => all.map(({ map }) => map);
  return { ...found, ...(vote && { vote }), mapDifference: pairedBootstrap(mapOf(own.each), mapOf(each)) };
}

function shown({ means: { map, ndcg, mrr, recall }, vote }) {
  const figures = { MAP: map, 'nDCG@10': ndcg, MRR: mrr, 'Recall@100': recall };
  const said = Object.entries(figures).map(([name, figure]) => `${name} ${figure.toFixed(3)}`);
  return `${said.join(', ')}${vote ? ` (vote: ${vote})` : ''}`;
}
