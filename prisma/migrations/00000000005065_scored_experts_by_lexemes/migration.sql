-- PostgreSQL chooses experts by the same sums as the index in memory, and keeps what they are scored by. The rows are made anew.
DELETE FROM expert_search;
DROP FUNCTION app_search_experts(jsonb, tsquery, tsquery[], float8[], int);
DROP INDEX expert_search_lexemes;
ALTER TABLE expert_search
  ADD COLUMN profile_length real NOT NULL,
  ADD COLUMN title_length real NOT NULL,
  ADD COLUMN piece_length real NOT NULL,
  ADD COLUMN item_lengths real[] NOT NULL,
  ADD COLUMN engaged_hours real NOT NULL,
  ADD COLUMN quality real NOT NULL,
  ADD COLUMN timeliness real NOT NULL,
  ADD COLUMN print_high bigint NOT NULL,
  ADD COLUMN print_low bigint NOT NULL,
  ADD COLUMN document bytea NOT NULL;
COMMENT ON COLUMN expert_search.lexemes IS 'Each with its kind before it: p: profile, t: word of a title, g: three letters of a title, e: evidence, s: skill, o: occupation by its place. A position is what it weighs, in tenths (of an occupation in 255ths), and 256 for each item of evidence before its own.';
COMMENT ON COLUMN expert_search.profile_length IS 'Weighted words of the profile; title_length and piece_length alike of the titles and of their pieces, item_lengths of each item of evidence.';
COMMENT ON COLUMN expert_search.engaged_hours IS 'Hours a week that running work may take.';
COMMENT ON COLUMN expert_search.quality IS 'How often their weeks pass, 0 to 1; timeliness alike how often they are handed in in time. 0 where nothing is known.';
COMMENT ON COLUMN expert_search.print_high IS 'Print of the document; sums of both halves name who is searched.';
COMMENT ON COLUMN expert_search.document IS 'The expert as matching reads them, in the format of node:v8. Names are not in it.';

-- Of some lexemes that an expert has, what each of the parts of a score that words tell comes to. BM25 with k1 1.2 and b 0.75, as in
-- packages/matching/src/index/postings.ts; a test holds the two together.
CREATE FUNCTION search_parts(lexemes text[], parts text[], worths float8[], averages float8[])
  RETURNS TABLE (expert_id uuid, profile float8, titles float8, occupation float8, evidence float8, required_skills float8, good_skills float8)
  LANGUAGE sql STABLE AS $$
  WITH asked AS (SELECT * FROM unnest(lexemes, parts, worths, averages) AS own (lexeme, part, worth, average)),
  hit AS (
    SELECT e.expert_id, a.part, CASE WHEN a.part = 'evidence' THEN at / 256 ELSE 0 END AS item,
      a.worth * CASE
        WHEN a.part = 'occupation' THEN at / 255.0::float8
        WHEN a.average = 0 THEN 1
        ELSE (at % 256) / ((at % 256) + 12.0::float8 * (0.25 + 0.75 / a.average * CASE left(a.lexeme, 1)
          WHEN 'p' THEN e.profile_length WHEN 't' THEN e.title_length WHEN 'g' THEN e.piece_length ELSE e.item_lengths[at / 256 + 1] END))
      END AS share
    FROM expert_search e, unnest(e.lexemes) AS own JOIN asked a ON a.lexeme = own.lexeme, unnest(own.positions) AS at
  ),
  item AS (SELECT hit.expert_id, part, item, sum(share) AS share FROM hit GROUP BY 1, 2, 3)
  SELECT item.expert_id,
    coalesce(sum(share) FILTER (WHERE part = 'profile'), 0), coalesce(sum(share) FILTER (WHERE part = 'titles'), 0),
    least(1, coalesce(sum(share) FILTER (WHERE part = 'occupation'), 0)),
    sqrt(coalesce(sum(share * share) FILTER (WHERE part = 'evidence'), 0)),
    coalesce(sum(share) FILTER (WHERE part = 'requiredSkills'), 0), coalesce(sum(share) FILTER (WHERE part = 'goodSkills'), 0)
  FROM item GROUP BY 1
$$;

-- Whom an opening finds: of those who pass its plain gates the `most` whose score is highest, as far as it can be told here (ties by id), and
-- of everybody the `led` whose words fit best. They are scored by every part afterwards, in packages/matching. By way of the owner, since
-- row-level security would ask about every row.
CREATE FUNCTION app_search_experts(gates jsonb, own jsonb, asked text[], parts text[], worths float8[], averages float8[], most int, led int)
  RETURNS TABLE (document bytea, is_candidate boolean, is_leader boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET jit = off SET work_mem = '64MB' AS $$
  WITH weight AS (
    SELECT * FROM jsonb_to_record(own) AS w (profile float8, titles float8, occupation float8, evidence float8, "requiredSkills" float8,
      "goodSkills" float8, rate float8, hours float8, "freeHours" float8, quality float8, timeliness float8, average float8, slope float8,
      "offset" float8, ceiling float8, currency text, wanted float8)),
  seen AS (
    SELECT e.expert_id, search_stops(e, gates) = 0 AS passes,
      w.titles * coalesce(p.titles, 0) + w.profile * coalesce(p.profile / (p.profile + 0.25), 0) AS words,
      w.occupation * coalesce(p.occupation, 0) + w.evidence * coalesce(p.evidence / (p.evidence + 0.25), 0)
        + w."requiredSkills" * coalesce(p.required_skills, 0) + w."goodSkills" * coalesce(p.good_skills, 0)
        + w.quality * e.quality + w.timeliness * e.timeliness
        + w.rate * CASE WHEN e.currency = w.currency AND e.rate_minor > 0 AND w.ceiling > 0
            THEN least(1, greatest(0, 1 - (e.rate_minor / w.ceiling - 0.8) * 2.5)) ELSE 0 END
        + CASE WHEN e.hours < 255 AND w.wanted > 0 THEN w.hours * least(1, e.hours / w.wanted)
            + w."freeHours" * least(1, greatest(0, e.hours - e.engaged_hours) / w.wanted) ELSE 0 END AS more,
      CASE WHEN e.currency = w.currency AND e.rate_minor > 0 AND w.ceiling > 0 THEN least(1, w.ceiling / e.rate_minor / 2) END AS pay,
      CASE WHEN e.hours BETWEEN 1 AND 254 AND w.wanted > 0 THEN least(w.wanted, e.hours) / greatest(w.wanted, e.hours) END AS filled
    FROM expert_search e CROSS JOIN weight w LEFT JOIN search_parts(asked, parts, worths, averages) p ON p.expert_id = e.expert_id
    WHERE app_sees_all()),
  scored AS (
    SELECT seen.expert_id, passes, words,
      (1 / (1 + exp(-(w.slope * (words + more - w.average) / greatest(1e-6, 1 - w.average) + w."offset")))) ^ 0.6
      * coalesce((coalesce(pay, 0) + coalesce(filled, 0)) / nullif(num_nonnulls(pay, filled), 0), 0.5) ^ 0.4 AS score
    FROM seen CROSS JOIN weight w),
  candidate AS (SELECT scored.expert_id FROM scored WHERE passes ORDER BY score DESC, scored.expert_id LIMIT most),
  leader AS (SELECT scored.expert_id FROM scored WHERE words > 0 ORDER BY words DESC, scored.expert_id LIMIT led)
  SELECT e.document, c.expert_id IS NOT NULL, l.expert_id IS NOT NULL
  FROM expert_search e LEFT JOIN candidate c ON c.expert_id = e.expert_id LEFT JOIN leader l ON l.expert_id = e.expert_id
  WHERE c.expert_id IS NOT NULL OR l.expert_id IS NOT NULL
  ORDER BY e.expert_id
$$;

-- Names who is searched: the sums of both halves of their prints, and how many they are.
CREATE FUNCTION app_search_state() RETURNS TABLE (high bigint, low bigint, experts int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (coalesce(sum(print_high), 0) % 4294967296)::bigint, (coalesce(sum(print_low), 0) % 4294967296)::bigint, count(*)::int
  FROM expert_search WHERE app_sees_all()
$$;
REVOKE ALL ON FUNCTION search_parts(text[], text[], float8[], float8[]), app_search_experts(jsonb, jsonb, text[], text[], float8[], float8[], int, int),
  app_search_state() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_search_experts(jsonb, jsonb, text[], text[], float8[], float8[], int, int), app_search_state() TO tallystick_app;
