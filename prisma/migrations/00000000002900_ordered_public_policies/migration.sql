-- What is published is asked first: lists and counts look at thousands of public rows, and settings are dear to read for each.
ALTER POLICY published ON project USING (published_at IS NOT NULL OR app_sees_all() OR lab_id = app_lab());
ALTER POLICY published ON opening USING (published_at IS NOT NULL OR app_sees_all() OR lab_id = app_lab());
