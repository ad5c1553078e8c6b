-- Searches that people keep: an expert over the openings ranked for them, a lab's member over the shortlist of an opening.
CREATE TABLE saved_search (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  expert_id uuid REFERENCES expert (id) ON DELETE CASCADE,
  lab_id uuid REFERENCES lab (id),
  opening_id uuid REFERENCES opening (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  words text NOT NULL DEFAULT '' CHECK (length(words) <= 200),
  is_eligible boolean,
  least_score integer NOT NULL DEFAULT 0 CHECK (least_score BETWEEN 0 AND 100),
  how_often text NOT NULL CHECK (how_often IN ('AT_ONCE', 'DAILY', 'NEVER')),
  created_at timestamptz(3) NOT NULL,
  looked_at timestamptz(3) NOT NULL,
  checked_at timestamptz(3) NOT NULL,
  CONSTRAINT saved_search_has_a_side CHECK ((expert_id IS NULL) = (opening_id IS NOT NULL) AND (opening_id IS NULL) = (lab_id IS NULL))
);
COMMENT ON TABLE saved_search IS 'A search that somebody keeps and is told of: over the openings ranked for an expert, or over the shortlist of a lab''s opening. It moves no score.';
COMMENT ON COLUMN saved_search.least_score IS 'Only fits of at least so many points of 100.';
COMMENT ON COLUMN saved_search.looked_at IS 'When its owner last opened it: what was found since is new.';
COMMENT ON COLUMN saved_search.checked_at IS 'When the list was scored that was looked through last.';
CREATE UNIQUE INDEX saved_search_name ON saved_search (account_id, lower(name));
CREATE INDEX saved_search_expert ON saved_search (expert_id);
CREATE INDEX saved_search_opening ON saved_search (opening_id);

-- What a search has found, each once: whoever was told of it is not told again.
CREATE TABLE saved_find (
  search_id uuid NOT NULL REFERENCES saved_search (id) ON DELETE CASCADE,
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  opening_id uuid NOT NULL REFERENCES opening (id),
  expert_id uuid NOT NULL REFERENCES expert (id) ON DELETE CASCADE,
  score double precision NOT NULL,
  found_at timestamptz(3) NOT NULL,
  told_at timestamptz(3),
  PRIMARY KEY (search_id, opening_id, expert_id)
);
COMMENT ON TABLE saved_find IS 'What a saved search found, each opening and expert once.';
COMMENT ON COLUMN saved_find.told_at IS 'When its owner was told; null where that waits, or is not wanted. What was there when the search was saved counts as told.';
CREATE INDEX saved_find_untold ON saved_find (account_id) WHERE told_at IS NULL;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['saved_search', 'saved_find'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY own_account ON %I USING (app_sees_all() OR account_id = app_account()) WITH CHECK (app_sees_all() OR account_id = app_account())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tallystick_app', name);
  END LOOP;
END $$;
