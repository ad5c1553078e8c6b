-- Lists that grow are read by an index: each order in which a page is read, each thing that a home page asks for.

CREATE INDEX account_created_at_id_idx ON account (created_at, id);
CREATE INDEX account_name_words ON account USING gin (name gin_trgm_ops);
CREATE INDEX account_email_words ON account USING gin (email gin_trgm_ops);

CREATE INDEX engagement_lab_id_signed_at_id_idx ON engagement (lab_id, signed_at, id);
CREATE INDEX engagement_expert_id_signed_at_id_idx ON engagement (expert_id, signed_at, id);
-- What the weekly jobs look at: engagements that go on, weeks that wait for money.
CREATE INDEX engagement_going_on ON engagement (id) WHERE state IN ('ACTIVE', 'BLOCKED_FUNDING', 'NOTICE');
CREATE INDEX engagement_ending ON engagement (ends_at) WHERE state = 'NOTICE';
CREATE INDEX engagement_week_lab_unfunded ON engagement_week (lab_id, week_start) WHERE state = 'FAILED';
CREATE INDEX engagement_week_expert_unfunded ON engagement_week (expert_id, week_start) WHERE state = 'FAILED';

CREATE INDEX invitation_expert_id_created_at_idx ON invitation (expert_id, created_at);
CREATE INDEX application_opening_id_created_at_idx ON application (opening_id, created_at);
CREATE INDEX application_expert_id_created_at_idx ON application (expert_id, created_at);
CREATE INDEX project_lab_id_state_idx ON project (lab_id, state);
CREATE INDEX line_question_unanswered ON line_question (expert_id) WHERE answered_at IS NULL AND resolved_at IS NULL;
CREATE INDEX lab_state_created_at_idx ON lab (state, created_at);
CREATE INDEX journal_entry_subject_id_id_idx ON journal_entry (subject_id, id);
CREATE INDEX mail_created_at_id_idx ON mail (created_at, id);
CREATE INDEX notification_account_id_created_at_id_idx ON notification (account_id, created_at, id);
