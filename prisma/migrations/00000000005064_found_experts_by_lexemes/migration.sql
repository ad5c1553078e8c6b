-- Experts as PostgreSQL finds them where no index is kept in memory (MATCHING_RETRIEVER=postgresql). Kept by the worker.
CREATE TABLE expert_search (
  expert_id uuid PRIMARY KEY REFERENCES expert (id) ON DELETE CASCADE,
  made_with text NOT NULL,
  lexemes tsvector NOT NULL,
  is_visible boolean NOT NULL,
  country text NOT NULL,
  rate_minor bigint NOT NULL,
  currency text NOT NULL,
  hours int NOT NULL,
  credential_keys text[] NOT NULL,
  credential_until date[] NOT NULL,
  languages text[] NOT NULL,
  language_levels int[] NOT NULL
);
COMMENT ON TABLE expert_search IS 'An active expert as words to be found by: words, titles, pieces of titles, skills and occupations, and what the plain gates ask. Names are not in it.';
COMMENT ON COLUMN expert_search.made_with IS 'What the lexemes were made with: how words are read, and which occupations are known. A row of another is made anew.';
COMMENT ON COLUMN expert_search.lexemes IS 'Each with its kind before it: w: word, t: word of a title, g: three letters of a title, s: skill, o: occupation by its place.';
COMMENT ON COLUMN expert_search.rate_minor IS 'Lowest rate, minor units an hour.';
COMMENT ON COLUMN expert_search.hours IS 'Hours a week.';
COMMENT ON COLUMN expert_search.credential_until IS 'Last day, UTC, of the credential at the same place of credential_keys; infinity where it has none. Only what is proven is there.';
COMMENT ON COLUMN expert_search.language_levels IS 'Of the language at the same place of languages, one more than the place of the level.';
CREATE INDEX expert_search_lexemes ON expert_search USING gin (lexemes);
ALTER TABLE expert_search ENABLE ROW LEVEL SECURITY;
ALTER TABLE expert_search FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON expert_search TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY product_alone ON expert_search USING (app_sees_all()) WITH CHECK (app_sees_all());
GRANT SELECT, INSERT, UPDATE, DELETE ON expert_search TO tallystick_app;

-- Which plain gates of an opening stop an expert, as bits: 1 consent, 2 credential, 4 language, 8 country, 16 rate, 32 hours. The other
-- gates are asked of those who are found. The definition is that of packages/matching/src/gates; a test holds the two together.
CREATE FUNCTION search_stops(e expert_search, asked jsonb) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT (CASE WHEN NOT e.is_visible THEN 1 ELSE 0 END)
    | (CASE WHEN EXISTS (
        SELECT FROM jsonb_array_elements(asked->'credentials') wanted WHERE NOT EXISTS (
          SELECT FROM unnest(e.credential_keys, e.credential_until) AS held (key, until)
          WHERE wanted ? held.key AND held.until >= (asked->>'lastDay')::date)) THEN 2 ELSE 0 END)
    | (CASE WHEN EXISTS (
        SELECT FROM jsonb_to_recordset(asked->'languages') AS wanted (language text, level int) WHERE NOT EXISTS (
          SELECT FROM unnest(e.languages, e.language_levels) AS spoken (language, level)
          WHERE spoken.language = wanted.language AND spoken.level >= wanted.level)) THEN 4 ELSE 0 END)
    | (CASE WHEN jsonb_array_length(asked->'countries') > 0 AND NOT asked->'countries' ? e.country THEN 8 ELSE 0 END)
    | (CASE WHEN e.currency = asked->>'currency' AND e.rate_minor > (asked->>'rateMax')::bigint THEN 16 ELSE 0 END)
    | (CASE WHEN e.hours < (asked->>'leastHours')::float8 THEN 32 ELSE 0 END)
$$;

-- How many experts each combination of plain gates stops.
CREATE FUNCTION app_search_gates(asked jsonb) RETURNS TABLE (stops int, experts int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT search_stops(e, asked) AS stops, count(*)::int FROM expert_search e WHERE app_sees_all() GROUP BY 1
$$;

-- Who passes the plain gates of an opening and has any of its lexemes: those with the most weight of them first, ties by id. By way of
-- the owner, since row-level security would keep the index of lexemes from being used.
CREATE FUNCTION app_search_experts(asked jsonb, wanted tsquery, terms tsquery[], weights float8[], most int)
  RETURNS TABLE (expert_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.expert_id FROM expert_search e
  WHERE app_sees_all() AND e.lexemes @@ wanted AND search_stops(e, asked) = 0
  ORDER BY (SELECT sum(own.weight) FROM unnest(terms, weights) AS own (term, weight) WHERE e.lexemes @@ own.term) DESC, e.expert_id
  LIMIT most
$$;
REVOKE ALL ON FUNCTION search_stops(expert_search, jsonb), app_search_gates(jsonb), app_search_experts(jsonb, tsquery, tsquery[], float8[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_search_gates(jsonb), app_search_experts(jsonb, tsquery, tsquery[], float8[], int) TO tallystick_app;
