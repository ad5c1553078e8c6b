-- Finance publishes what hiring directly costs from a day on. What was published is never edited: the next one ends it.
ALTER TABLE conversion_schedule ADD COLUMN created_by_id uuid REFERENCES account (id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE conversion_schedule ADD COLUMN created_at timestamptz(3) NOT NULL DEFAULT '2020-01-01T00:00:00Z';
COMMENT ON COLUMN conversion_schedule.created_by_id IS 'Who published it; null for the first one, which came with the product.';
-- Agreements made before follow the schedule in force when they were signed: none begins before it was published.
ALTER TABLE conversion_schedule ADD CONSTRAINT conversion_schedule_not_in_past CHECK (effective_from >= created_at);
CREATE INDEX conversion_schedule_created_by_id_idx ON conversion_schedule (created_by_id) WHERE created_by_id IS NOT NULL;

-- Shares fall, month by month, to nothing; of a published one only its end is set, once, and not into the past.
CREATE FUNCTION conversion_schedule_holds() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (
      SELECT 1 FROM (
        SELECT (step->>'fromMonth')::integer AS month, (step->>'ppm')::integer AS ppm,
          lag((step->>'fromMonth')::integer) OVER (ORDER BY place) AS month_before, lag((step->>'ppm')::integer) OVER (ORDER BY place) AS ppm_before
        FROM jsonb_array_elements(NEW.steps) WITH ORDINALITY AS each (step, place)) s
      WHERE s.month <= s.month_before OR s.ppm >= s.ppm_before OR s.ppm NOT BETWEEN 0 AND 1000000) THEN
      RAISE EXCEPTION 'a schedule falls, month by month (constraint "conversion_schedule_falls")' USING ERRCODE = '23514', CONSTRAINT = 'conversion_schedule_falls';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.base_weeks, NEW.credit_ppm, NEW.steps, NEW.effective_from, NEW.reason, NEW.created_by_id, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.base_weeks, OLD.credit_ppm, OLD.steps, OLD.effective_from, OLD.reason, OLD.created_by_id, OLD.created_at)
    OR OLD.effective_to IS NOT NULL THEN
    RAISE EXCEPTION 'a published schedule does not change' USING ERRCODE = '23001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER conversion_schedule_holds BEFORE INSERT OR UPDATE ON conversion_schedule FOR EACH ROW EXECUTE FUNCTION conversion_schedule_holds();
CREATE TRIGGER conversion_schedule_kept BEFORE DELETE ON conversion_schedule FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER conversion_schedule_no_truncate BEFORE TRUNCATE ON conversion_schedule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT INSERT ON conversion_schedule TO tallystick_app;
GRANT UPDATE (effective_to) ON conversion_schedule TO tallystick_app;
