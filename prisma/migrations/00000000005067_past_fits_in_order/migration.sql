-- Staff reads what came of fits newest first, of everybody or of one lab.
CREATE INDEX fit_outcome_newest ON fit_outcome (at DESC, opening_id DESC, expert_id DESC, kind DESC);
DROP INDEX fit_outcome_lab;
CREATE INDEX fit_outcome_lab ON fit_outcome (lab_id, at DESC, opening_id DESC, expert_id DESC, kind DESC);
