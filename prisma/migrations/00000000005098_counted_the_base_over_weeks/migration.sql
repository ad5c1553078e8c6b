-- The base of hiring directly counts tiers and caps of the month over all its weeks. What was signed before keeps what it was quoted.
ALTER TABLE engagement ADD COLUMN is_base_over_weeks boolean NOT NULL DEFAULT false;
ALTER TABLE engagement ALTER COLUMN is_base_over_weeks SET DEFAULT true;
COMMENT ON COLUMN engagement.is_base_over_weeks IS 'True where the base of hiring directly counts tiers and caps over all its weeks; false where it was signed when each week counted by itself. Frozen.';
