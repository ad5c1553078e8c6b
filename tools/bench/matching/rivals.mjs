// What a lab would use instead, on the same texts and queries: PostgreSQL's full-text search and trigrams, and MiniSearch.
import MiniSearch from 'minisearch';
import pg from 'pg';

/** All lexemes of the query, any of which may match: a whole advert ANDed finds nobody. */
export const ANY_LEXEME = `(SELECT string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | ')
  FROM unnest(tsvector_to_array(to_tsvector('english', $1))) lexeme)::tsquery`;

/** How each way of PostgreSQL scores a text; norm 1 divides by 1 + log of its length, 4 by the mean distance of what matched. */
const SCORED = {
  ts_rank: `ts_rank(vector, ${ANY_LEXEME}, 1)`,
  ts_rank_cd: `ts_rank_cd(vector, ${ANY_LEXEME}, 4)`,
  pg_trgm: 'word_similarity($1, text)',
};

/**
 * The rivals on the texts of a set.
 * @returns scorers: name -> what scores every text for an opening, by its place; and stop()
 */
export async function rivals(texts, url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm; DROP TABLE IF EXISTS bench_text;
    CREATE UNLOGGED TABLE bench_text (place int PRIMARY KEY, text text, vector tsvector)`);
  await client.query(
    `INSERT INTO bench_text SELECT n - 1, text, to_tsvector('english', text) FROM unnest($1::text[]) WITH ORDINALITY given (text, n)`,
    [texts],
  );
  const postgres = ([name, scored]) => {
    const statement = `SELECT array_agg(coalesce(${scored}, 0)::float8 ORDER BY place) AS scores FROM bench_text`;
    return [
      name,
      async (asked) => (await client.query(statement, [asked[name] ?? asked.all])).rows[0].scores,
    ];
  };
  return {
    scorers: {
      ...Object.fromEntries(Object.entries(SCORED).map(postgres)),
      MiniSearch: miniSearch(texts),
    },
    stop: () => client.end(),
  };
}

/** What rivals are asked: all that the opening says. Trigrams are for short texts, and find more by the title alone (measured). */
export function askedOf({ opening: { title, description }, text }) {
  return { all: text ?? `${title} ${description}`.trim(), pg_trgm: title };
}

/** MiniSearch as it is, with one field. */
function miniSearch(texts) {
  const index = new MiniSearch({ fields: ['text'] });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return ({ all }) => {
    const scores = new Float64Array(texts.length);
    for (const { id, score } of index.search(all)) scores[id] = score;
    return scores;
  };
}
