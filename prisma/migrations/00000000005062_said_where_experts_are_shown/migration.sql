-- An expert asks where labs see them: by the expert, not by the opening.
CREATE INDEX fit_expert ON fit (expert_id);
