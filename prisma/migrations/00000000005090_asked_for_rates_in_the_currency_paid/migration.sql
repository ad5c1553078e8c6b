-- A lowest rate in another currency than an opening pays stops its expert until they say it in that one: bit 64, beside 16 for a rate above
-- the band. Else as before. The definition is that of packages/matching/src/gates; a test holds the two together.
CREATE OR REPLACE FUNCTION search_stops(e expert_search, asked jsonb) RETURNS int LANGUAGE sql STABLE AS $$
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
    | (CASE WHEN e.rate_minor > 0 AND e.currency <> '' AND asked->>'currency' <> e.currency AND asked->>'rateMax' IS NOT NULL THEN 64 ELSE 0 END)
$$;
