-- A search also keeps who is on its list and fits less than it asks: whoever crosses the bound later was there before, and is not told as new.
ALTER TABLE saved_find ALTER COLUMN found_at DROP NOT NULL;
ALTER TABLE saved_find ADD COLUMN was_listed boolean NOT NULL DEFAULT false;
COMMENT ON TABLE saved_find IS 'What is on the list of a saved search, each opening and expert once: what it found, and what fits less than it asks.';
COMMENT ON COLUMN saved_find.found_at IS 'When it was found; null while it is on the list and fits less than the search asks.';
COMMENT ON COLUMN saved_find.was_listed IS 'True where it was on the list with a lower fit before it was found: told as one that fits now, not as new.';
DROP INDEX saved_find_untold;
CREATE INDEX saved_find_untold ON saved_find (account_id) WHERE told_at IS NULL AND found_at IS NOT NULL;
