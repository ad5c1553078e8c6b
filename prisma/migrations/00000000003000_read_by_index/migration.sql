-- What is asked often and was read from end to end.

CREATE INDEX payout_run_started_at_id_idx ON payout_run (started_at, id);

CREATE OR REPLACE FUNCTION app_audience(for_lab uuid, lab_roles text[], for_expert uuid, for_staff text, for_account uuid)
RETURNS TABLE (account_id uuid, email text, name text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.id, a.email, a.name
  FROM (SELECT for_account AS id
        UNION SELECT m.account_id FROM lab_member m WHERE m.lab_id = for_lab AND m.removed_at IS NULL AND m.role = ANY(lab_roles)
        UNION SELECT e.account_id FROM expert e WHERE e.id = for_expert
        UNION SELECT s.account_id FROM staff_role s WHERE s.role = for_staff) audience
  JOIN account a ON a.id = audience.id
$$;

-- A draft's openings are replaced when it is saved; each delete asks whether an offer stands on it.
CREATE INDEX offer_opening_id_idx ON offer (opening_id);
