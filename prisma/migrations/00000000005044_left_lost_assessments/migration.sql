-- What was charged before assessments were kept got them once, when that version came in. Afterwards a charge without
-- them has lost them: it is named by the recompute of fees, and nothing makes them again.
DROP FUNCTION assess_older_charges(uuid, integer);
