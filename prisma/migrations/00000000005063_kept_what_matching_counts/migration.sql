-- What every part of the matching index shares, so that parts in several processes score alike.
CREATE TABLE match_statistics (
  place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL,
  shards int NOT NULL CHECK (shards BETWEEN 1 AND 64),
  ready int[] NOT NULL DEFAULT '{}',
  experts int NOT NULL CHECK (experts >= 0),
  content bytea NOT NULL,
  made_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE match_statistics IS 'What was counted over many experts: how telling words are, how long texts are, which words go together. The newest row of which every shard is ready is the one in force; the last few are kept.';
COMMENT ON COLUMN match_statistics.id IS 'Names the experts that were counted; the same for the same ones.';
COMMENT ON COLUMN match_statistics.shards IS 'Among how many shards the experts were spread when it was made (MATCHING_SHARDS).';
COMMENT ON COLUMN match_statistics.ready IS 'Shards that have indexed their experts with it, from 0.';
COMMENT ON COLUMN match_statistics.experts IS 'How many experts were counted: all, or a sample of 50,000.';
COMMENT ON COLUMN match_statistics.content IS 'The counts, packed.';
ALTER TABLE match_statistics ENABLE ROW LEVEL SECURITY;
ALTER TABLE match_statistics FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON match_statistics TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY product_alone ON match_statistics USING (app_sees_all()) WITH CHECK (app_sees_all());
GRANT SELECT, INSERT, UPDATE, DELETE ON match_statistics TO tallystick_app;

-- A credential that is good for work that lasts some weeks lapses for it before its own last day. From that instant on nobody is shown
-- by it, whether or not a worker has come by.
ALTER TABLE fit ADD COLUMN lapses_at timestamptz(3);
COMMENT ON COLUMN fit.lapses_at IS 'From this instant on a required credential does not last until the end of the work; null where none ends.';
CREATE INDEX fit_lapses ON fit (lapses_at) WHERE lapses_at IS NOT NULL;
ALTER TABLE recommendation ADD COLUMN lapses_at timestamptz(3);
COMMENT ON COLUMN recommendation.lapses_at IS 'From this instant on a required credential does not last until the end of the work; null where none ends, or where it cannot be taken anyway.';
CREATE INDEX recommendation_lapses ON recommendation (lapses_at) WHERE lapses_at IS NOT NULL;
