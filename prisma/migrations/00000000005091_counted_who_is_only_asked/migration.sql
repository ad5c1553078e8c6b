-- Who only has a question to answer is counted apart from who fails at a gate. The rows are made anew.
DELETE FROM expert_search;
ALTER TABLE expert_search ADD COLUMN undecided_keys text[] NOT NULL;
COMMENT ON COLUMN expert_search.undecided_keys IS 'Of credentials that are not decided on yet: drafts, and those that wait for a verifier.';

-- Which plain gates of an opening stop an expert, as bits: 1 consent, 2 credential, 4 language, 8 country, 16 rate, 32 hours; and which of
-- them ask something: 64 rate, 128 credential, 256 language, 512 country. Who has both bits of a gate fails at it. The other gates are asked
-- of those who are found. The definition is that of packages/matching/src/gates; a test holds the two together.
CREATE OR REPLACE FUNCTION search_stops(e expert_search, asked jsonb) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT (CASE WHEN NOT e.is_visible THEN 1 ELSE 0 END)
    | coalesce((
        SELECT bit_or(CASE WHEN wanted ?| e.undecided_keys THEN 128 ELSE 2 END)
        FROM jsonb_array_elements(asked->'credentials') wanted WHERE NOT EXISTS (
          SELECT FROM unnest(e.credential_keys, e.credential_until) AS held (key, until)
          WHERE wanted ? held.key AND held.until >= (asked->>'lastDay')::date)), 0)
    | coalesce((
        SELECT bit_or(CASE WHEN wanted.language = ANY (e.languages) THEN 4 ELSE 256 END)
        FROM jsonb_to_recordset(asked->'languages') AS wanted (language text, level int) WHERE NOT EXISTS (
          SELECT FROM unnest(e.languages, e.language_levels) AS spoken (language, level)
          WHERE spoken.language = wanted.language AND spoken.level >= wanted.level)), 0)
    | (CASE WHEN jsonb_array_length(asked->'countries') = 0 OR asked->'countries' ? e.country THEN 0 WHEN e.country = '' THEN 512 ELSE 8 END)
    | (CASE WHEN e.currency = asked->>'currency' AND e.rate_minor > (asked->>'rateMax')::bigint THEN 16 ELSE 0 END)
    | (CASE WHEN e.hours < (asked->>'leastHours')::float8 THEN 32 ELSE 0 END)
    | (CASE WHEN e.rate_minor > 0 AND e.currency <> '' AND asked->>'currency' <> e.currency AND asked->>'rateMax' IS NOT NULL THEN 64 ELSE 0 END)
$$;
