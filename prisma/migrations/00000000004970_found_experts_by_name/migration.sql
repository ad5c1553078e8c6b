-- Staff finds an expert by a part of the name. Ids only, and only those that the policies let the asker see are read with them:
-- apart from the question itself, so that the index of words serves it.
CREATE INDEX expert_name_words ON expert USING gin (display_name gin_trgm_ops);
CREATE FUNCTION app_experts_named(part text, most integer)
RETURNS TABLE (id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT e.id FROM expert e WHERE e.display_name ILIKE part ORDER BY e.display_name, e.id LIMIT most
$$;
GRANT EXECUTE ON FUNCTION app_experts_named TO tallystick_app;
