-- The page of the model: its list, and how many experts labs may see, without reading tables from end to end.
CREATE INDEX match_model_added ON match_model (added_at DESC, id DESC);
CREATE INDEX expert_showable ON expert (id) WHERE state = 'ACTIVE' AND is_visible_to_labs;
