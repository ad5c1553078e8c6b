-- An opening is added to the list of an expert by one row: the place on it follows from the rows, so that no other has to move.
DROP INDEX "recommendation_expert_id_rank_idx";
ALTER TABLE recommendation DROP COLUMN rank;

ALTER TABLE recommendation_state ADD COLUMN changed_at timestamptz(3);
UPDATE recommendation_state SET changed_at = scored_at;
COMMENT ON COLUMN recommendation_state.changed_at IS 'When the list was last changed: scored as a whole, or one opening added to it.';
