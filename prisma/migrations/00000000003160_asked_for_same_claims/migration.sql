-- Who else claims the same number: ids only, and only those that the policies let the asker see.
-- Apart from the question itself, so that its plan does not hang on what a page reads beside it.
CREATE FUNCTION app_claims_with_part(of_type text, parts jsonb[], not_of uuid)
RETURNS TABLE (id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.id FROM credential c
  WHERE c.claim @> ANY(parts) AND c.type = of_type AND c.expert_id <> not_of AND c.state NOT IN ('DRAFT', 'WITHDRAWN')
  ORDER BY c.submitted_at DESC, c.id LIMIT 20
$$;
GRANT EXECUTE ON FUNCTION app_claims_with_part TO tallystick_app;
