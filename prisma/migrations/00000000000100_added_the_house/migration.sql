-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "state" TEXT NOT NULL DEFAULT 'ACTIVE',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "purpose" TEXT NOT NULL,
    "account_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_role" (
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_role_pkey" PRIMARY KEY ("account_id","role")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application" (
    "id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "decline_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offer" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "rate_minor_per_hour" BIGINT NOT NULL,
    "weekly_cap_seconds" INTEGER NOT NULL,
    "notice_days" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "lab_fee_ppm" INTEGER NOT NULL,
    "expert_fee_ppm" INTEGER NOT NULL,
    "rounding" TEXT NOT NULL,
    "take_rate_policy_id" UUID NOT NULL,
    "take_rate_explanation" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "sent_by_id" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "command" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT,
    "facts" JSONB NOT NULL,
    "lab_id" UUID,
    "expert_id" UUID,

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_words" (
    "entry_id" BIGINT NOT NULL,
    "words" JSONB NOT NULL,
    "salt" TEXT NOT NULL,

    CONSTRAINT "journal_words_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "seal_item" (
    "seq" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "seal_id" UUID NOT NULL,

    CONSTRAINT "seal_item_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "seal" (
    "id" UUID NOT NULL,
    "from_seq" BIGINT NOT NULL,
    "to_seq" BIGINT NOT NULL,
    "previous_root" TEXT NOT NULL,
    "root" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "take_rate_policy" (
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "lab_id" UUID,
    "project_id" UUID,
    "expert_id" UUID,
    "lab_fee_ppm" INTEGER NOT NULL,
    "expert_fee_ppm" INTEGER NOT NULL,
    "rounding" TEXT NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "effective_to" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "take_rate_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "funding" (
    "id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "rail_payment_id" TEXT,
    "failure_reason" TEXT,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),
    "ledger_transaction_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "funding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lab_refund" (
    "id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "funding_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "rail_refund_id" TEXT,
    "failure_reason" TEXT,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "ledger_transaction_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "lab_refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "charge" (
    "id" UUID NOT NULL,
    "time_entry_id" UUID NOT NULL,
    "timesheet_id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "rate_minor_per_hour" BIGINT NOT NULL,
    "seconds" INTEGER NOT NULL,
    "agreed_minor" BIGINT NOT NULL,
    "price_minor" BIGINT NOT NULL,
    "pay_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "lab_fee_ppm" INTEGER NOT NULL,
    "expert_fee_ppm" INTEGER NOT NULL,
    "rounding" TEXT NOT NULL,
    "take_rate_policy_id" UUID NOT NULL,
    "ledger_transaction_id" UUID NOT NULL,
    "charged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "charge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "claim" JSONB NOT NULL,
    "jurisdiction" TEXT,
    "state" TEXT NOT NULL,
    "expires_on" DATE,
    "submitted_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "verifier_id" UUID,
    "seen_hash" TEXT,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential_evidence" (
    "id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credential_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engagement" (
    "id" UUID NOT NULL,
    "offer_id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "rate_minor_per_hour" BIGINT NOT NULL,
    "weekly_cap_seconds" INTEGER NOT NULL,
    "notice_days" INTEGER NOT NULL,
    "lab_fee_ppm" INTEGER NOT NULL,
    "expert_fee_ppm" INTEGER NOT NULL,
    "rounding" TEXT NOT NULL,
    "take_rate_policy_id" UUID NOT NULL,
    "take_rate_explanation" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "notice_given_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "engagement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engagement_week" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "week_start" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "held_minor" BIGINT NOT NULL,
    "hold_posting_id" BIGINT,
    "failure_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "engagement_week_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "expert" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "headline" TEXT NOT NULL DEFAULT '',
    "bio" TEXT NOT NULL DEFAULT '',
    "country" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "hours_per_week" INTEGER NOT NULL DEFAULT 20,
    "minimum_rate_minor" BIGINT NOT NULL DEFAULT 0,
    "rate_currency" TEXT NOT NULL DEFAULT 'USD',
    "is_visible_to_labs" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT NOT NULL DEFAULT 'ACTIVE',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "expert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "expert_skill" (
    "id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "concept_id" UUID,
    "label" TEXT NOT NULL,
    "years" INTEGER,

    CONSTRAINT "expert_skill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "expert_language" (
    "id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "level" TEXT NOT NULL,

    CONSTRAINT "expert_language_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "affiliation" (
    "id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "organisation" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "starts_on" DATE,
    "ends_on" DATE,

    CONSTRAINT "affiliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_item" (
    "id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "evidence_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lab" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "website" TEXT,
    "country" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "vetted_at" TIMESTAMPTZ(3),
    "vetted_by_id" UUID,
    "vetting_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "lab_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lab_owner" (
    "id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "share_basis_points" INTEGER NOT NULL,

    CONSTRAINT "lab_owner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lab_competitor" (
    "id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "lab_competitor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lab_member" (
    "id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "lab_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lab_invitation" (
    "id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "lab_invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fit" (
    "opening_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "gates" JSONB NOT NULL,
    "parts" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "fit_pkey" PRIMARY KEY ("opening_id","expert_id")
);

-- CreateTable
CREATE TABLE "shortlist" (
    "opening_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "scored_at" TIMESTAMPTZ(3),
    "snapshot_id" TEXT,
    "model_id" TEXT,
    "candidate_count" INTEGER NOT NULL DEFAULT 0,
    "eligible_count" INTEGER NOT NULL DEFAULT 0,
    "gate_counts" JSONB,

    CONSTRAINT "shortlist_pkey" PRIMARY KEY ("opening_id")
);

-- CreateTable
CREATE TABLE "recommendation" (
    "expert_id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "is_eligible" BOOLEAN NOT NULL,
    "gates" JSONB NOT NULL,
    "parts" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "recommendation_pkey" PRIMARY KEY ("expert_id","opening_id")
);

-- CreateTable
CREATE TABLE "recommendation_state" (
    "expert_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "scored_at" TIMESTAMPTZ(3),
    "snapshot_id" TEXT,

    CONSTRAINT "recommendation_state_pkey" PRIMARY KEY ("expert_id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "to_address" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_message" (
    "id" BIGSERIAL NOT NULL,
    "queue" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "available_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "command_receipt" (
    "actor_key" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "command_receipt_pkey" PRIMARY KEY ("actor_key","idempotency_key")
);

-- CreateTable
CREATE TABLE "payout_account" (
    "expert_id" UUID NOT NULL,
    "rail_account_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payout_account_pkey" PRIMARY KEY ("expert_id")
);

-- CreateTable
CREATE TABLE "payout_run" (
    "id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "started_by_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "payout_count" INTEGER NOT NULL DEFAULT 0,
    "blocked_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "payout_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "blocks" JSONB NOT NULL,
    "rail_transfer_id" TEXT,
    "rail_payout_id" TEXT,
    "failure_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_at" TIMESTAMPTZ(3),
    "transferred_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "promised_on" DATE,
    "ledger_transaction_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "payout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "task_family" TEXT NOT NULL,
    "scarcity" TEXT NOT NULL,
    "sensitivity" TEXT NOT NULL,
    "control" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "unpaid_parts" TEXT NOT NULL DEFAULT '',
    "monitoring" TEXT NOT NULL DEFAULT '',
    "content_warning" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opening" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "rung" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "rate_min_minor" BIGINT NOT NULL,
    "rate_max_minor" BIGINT NOT NULL,
    "seats" INTEGER NOT NULL,
    "seats_filled" INTEGER NOT NULL DEFAULT 0,
    "hours_per_week" INTEGER NOT NULL,
    "weeks" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "countries" TEXT[],
    "state" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "opening_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opening_skill" (
    "id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "concept_id" UUID,
    "label" TEXT NOT NULL,
    "is_required" BOOLEAN NOT NULL,

    CONSTRAINT "opening_skill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opening_credential" (
    "id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "jurisdiction" TEXT,

    CONSTRAINT "opening_credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opening_language" (
    "id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "level" TEXT NOT NULL,

    CONSTRAINT "opening_language_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rail_event" (
    "id" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "rail_account_id" TEXT,
    "object_id" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "rail_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "taxonomy_concept" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "source_code" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_regulated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "taxonomy_concept_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "taxonomy_alias" (
    "concept_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "taxonomy_alias_pkey" PRIMARY KEY ("concept_id","label")
);

-- CreateTable
CREATE TABLE "taxonomy_relation" (
    "narrower_id" TEXT NOT NULL,
    "broader_id" TEXT NOT NULL,

    CONSTRAINT "taxonomy_relation_pkey" PRIMARY KEY ("narrower_id","broader_id")
);

-- CreateTable
CREATE TABLE "taxonomy_import" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "loaded" JSONB NOT NULL,
    "missing" JSONB NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "taxonomy_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timer" (
    "expert_id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_heartbeat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "timer_pkey" PRIMARY KEY ("expert_id")
);

-- CreateTable
CREATE TABLE "timesheet" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "week_start" TIMESTAMPTZ(3) NOT NULL,
    "sheet_number" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "review_due_at" TIMESTAMPTZ(3),
    "lab_acted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "timesheet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "time_entry" (
    "id" UUID NOT NULL,
    "timesheet_id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "counted_seconds" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "time_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "line_question" (
    "id" UUID NOT NULL,
    "time_entry_id" UUID NOT NULL,
    "timesheet_id" UUID NOT NULL,
    "lab_id" UUID NOT NULL,
    "expert_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "proposed_seconds" INTEGER,
    "asked_by_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "resolution" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "line_question_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_link_token_hash_key" ON "one_time_link"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_lab_id_idx" ON "invitation"("lab_id");

-- CreateIndex
CREATE INDEX "invitation_expert_id_idx" ON "invitation"("expert_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_opening_id_expert_id_key" ON "invitation"("opening_id", "expert_id");

-- CreateIndex
CREATE INDEX "application_lab_id_state_idx" ON "application"("lab_id", "state");

-- CreateIndex
CREATE INDEX "application_expert_id_idx" ON "application"("expert_id");

-- CreateIndex
CREATE UNIQUE INDEX "application_opening_id_expert_id_key" ON "application"("opening_id", "expert_id");

-- CreateIndex
CREATE INDEX "offer_application_id_idx" ON "offer"("application_id");

-- CreateIndex
CREATE INDEX "offer_lab_id_state_idx" ON "offer"("lab_id", "state");

-- CreateIndex
CREATE INDEX "offer_expert_id_state_idx" ON "offer"("expert_id", "state");

-- CreateIndex
CREATE INDEX "offer_state_expires_at_idx" ON "offer"("state", "expires_at");

-- CreateIndex
CREATE INDEX "journal_entry_subject_type_subject_id_idx" ON "journal_entry"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "journal_entry_lab_id_id_idx" ON "journal_entry"("lab_id", "id");

-- CreateIndex
CREATE INDEX "journal_entry_expert_id_id_idx" ON "journal_entry"("expert_id", "id");

-- CreateIndex
CREATE INDEX "journal_entry_at_idx" ON "journal_entry"("at");

-- CreateIndex
CREATE UNIQUE INDEX "seal_item_kind_subject_id_key" ON "seal_item"("kind", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "seal_to_seq_key" ON "seal"("to_seq");

-- CreateIndex
CREATE UNIQUE INDEX "funding_rail_payment_id_key" ON "funding"("rail_payment_id");

-- CreateIndex
CREATE INDEX "funding_lab_id_requested_at_idx" ON "funding"("lab_id", "requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "lab_refund_rail_refund_id_key" ON "lab_refund"("rail_refund_id");

-- CreateIndex
CREATE INDEX "lab_refund_lab_id_idx" ON "lab_refund"("lab_id");

-- CreateIndex
CREATE UNIQUE INDEX "charge_time_entry_id_key" ON "charge"("time_entry_id");

-- CreateIndex
CREATE INDEX "charge_lab_id_charged_at_idx" ON "charge"("lab_id", "charged_at");

-- CreateIndex
CREATE INDEX "charge_expert_id_charged_at_idx" ON "charge"("expert_id", "charged_at");

-- CreateIndex
CREATE INDEX "charge_engagement_id_idx" ON "charge"("engagement_id");

-- CreateIndex
CREATE INDEX "charge_timesheet_id_idx" ON "charge"("timesheet_id");

-- CreateIndex
CREATE INDEX "credential_expert_id_idx" ON "credential"("expert_id");

-- CreateIndex
CREATE INDEX "credential_state_submitted_at_idx" ON "credential"("state", "submitted_at");

-- CreateIndex
CREATE INDEX "verification_credential_id_idx" ON "verification"("credential_id");

-- CreateIndex
CREATE INDEX "credential_evidence_credential_id_idx" ON "credential_evidence"("credential_id");

-- CreateIndex
CREATE UNIQUE INDEX "engagement_offer_id_key" ON "engagement"("offer_id");

-- CreateIndex
CREATE INDEX "engagement_lab_id_state_idx" ON "engagement"("lab_id", "state");

-- CreateIndex
CREATE INDEX "engagement_expert_id_state_idx" ON "engagement"("expert_id", "state");

-- CreateIndex
CREATE INDEX "engagement_opening_id_idx" ON "engagement"("opening_id");

-- CreateIndex
CREATE INDEX "engagement_week_state_week_start_idx" ON "engagement_week"("state", "week_start");

-- CreateIndex
CREATE UNIQUE INDEX "engagement_week_engagement_id_week_start_key" ON "engagement_week"("engagement_id", "week_start");

-- CreateIndex
CREATE UNIQUE INDEX "expert_account_id_key" ON "expert"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "expert_skill_expert_id_label_key" ON "expert_skill"("expert_id", "label");

-- CreateIndex
CREATE UNIQUE INDEX "expert_language_expert_id_language_key" ON "expert_language"("expert_id", "language");

-- CreateIndex
CREATE INDEX "affiliation_expert_id_idx" ON "affiliation"("expert_id");

-- CreateIndex
CREATE INDEX "evidence_item_expert_id_idx" ON "evidence_item"("expert_id");

-- CreateIndex
CREATE INDEX "lab_owner_lab_id_idx" ON "lab_owner"("lab_id");

-- CreateIndex
CREATE INDEX "lab_competitor_lab_id_idx" ON "lab_competitor"("lab_id");

-- CreateIndex
CREATE INDEX "lab_member_account_id_idx" ON "lab_member"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "lab_member_lab_id_account_id_key" ON "lab_member"("lab_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "lab_invitation_token_hash_key" ON "lab_invitation"("token_hash");

-- CreateIndex
CREATE INDEX "lab_invitation_lab_id_idx" ON "lab_invitation"("lab_id");

-- CreateIndex
CREATE INDEX "fit_opening_id_rank_idx" ON "fit"("opening_id", "rank");

-- CreateIndex
CREATE INDEX "recommendation_expert_id_rank_idx" ON "recommendation"("expert_id", "rank");

-- CreateIndex
CREATE INDEX "recommendation_opening_id_idx" ON "recommendation"("opening_id");

-- CreateIndex
CREATE INDEX "notification_account_id_created_at_idx" ON "notification"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "mail_created_at_idx" ON "mail"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "payout_account_rail_account_id_key" ON "payout_account"("rail_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "payout_rail_transfer_id_key" ON "payout"("rail_transfer_id");

-- CreateIndex
CREATE UNIQUE INDEX "payout_rail_payout_id_key" ON "payout"("rail_payout_id");

-- CreateIndex
CREATE INDEX "payout_expert_id_created_at_idx" ON "payout"("expert_id", "created_at");

-- CreateIndex
CREATE INDEX "payout_run_id_idx" ON "payout"("run_id");

-- CreateIndex
CREATE INDEX "payout_state_requested_at_idx" ON "payout"("state", "requested_at");

-- CreateIndex
CREATE INDEX "project_lab_id_created_at_idx" ON "project"("lab_id", "created_at");

-- CreateIndex
CREATE INDEX "opening_project_id_idx" ON "opening"("project_id");

-- CreateIndex
CREATE INDEX "opening_state_published_at_idx" ON "opening"("state", "published_at");

-- CreateIndex
CREATE UNIQUE INDEX "opening_skill_opening_id_label_key" ON "opening_skill"("opening_id", "label");

-- CreateIndex
CREATE INDEX "opening_credential_opening_id_idx" ON "opening_credential"("opening_id");

-- CreateIndex
CREATE UNIQUE INDEX "opening_language_opening_id_language_key" ON "opening_language"("opening_id", "language");

-- CreateIndex
CREATE INDEX "rail_event_handled_at_received_at_idx" ON "rail_event"("handled_at", "received_at");

-- CreateIndex
CREATE INDEX "taxonomy_concept_kind_label_idx" ON "taxonomy_concept"("kind", "label");

-- CreateIndex
CREATE UNIQUE INDEX "taxonomy_concept_source_source_code_key" ON "taxonomy_concept"("source", "source_code");

-- CreateIndex
CREATE INDEX "taxonomy_alias_label_idx" ON "taxonomy_alias"("label");

-- CreateIndex
CREATE INDEX "taxonomy_relation_broader_id_idx" ON "taxonomy_relation"("broader_id");

-- CreateIndex
CREATE INDEX "timesheet_lab_id_state_idx" ON "timesheet"("lab_id", "state");

-- CreateIndex
CREATE INDEX "timesheet_expert_id_week_start_idx" ON "timesheet"("expert_id", "week_start");

-- CreateIndex
CREATE INDEX "timesheet_state_review_due_at_idx" ON "timesheet"("state", "review_due_at");

-- CreateIndex
CREATE UNIQUE INDEX "timesheet_engagement_id_week_start_sheet_number_key" ON "timesheet"("engagement_id", "week_start", "sheet_number");

-- CreateIndex
CREATE INDEX "time_entry_timesheet_id_idx" ON "time_entry"("timesheet_id");

-- CreateIndex
CREATE INDEX "time_entry_engagement_id_starts_at_idx" ON "time_entry"("engagement_id", "starts_at");

-- CreateIndex
CREATE INDEX "line_question_time_entry_id_idx" ON "line_question"("time_entry_id");

-- CreateIndex
CREATE INDEX "line_question_timesheet_id_idx" ON "line_question"("timesheet_id");



-- Below: what Prisma's schema language cannot say. ---------------------------------------------

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Foreign keys. They are written here, not as Prisma relations: reads go through loaders, never through includes.
DO $$
DECLARE
  link text[];
BEGIN
  FOREACH link SLICE 1 IN ARRAY ARRAY[
    ['session','account_id','account'], ['one_time_link','account_id','account'], ['staff_role','account_id','account'],
    ['lab_owner','lab_id','lab'], ['lab_competitor','lab_id','lab'], ['lab_member','lab_id','lab'], ['lab_member','account_id','account'],
    ['lab_invitation','lab_id','lab'], ['lab_invitation','invited_by_id','account'], ['lab','vetted_by_id','account'],
    ['expert','account_id','account'], ['expert_skill','expert_id','expert'], ['expert_language','expert_id','expert'],
    ['affiliation','expert_id','expert'], ['evidence_item','expert_id','expert'],
    ['credential','expert_id','expert'], ['verification','credential_id','credential'], ['verification','verifier_id','account'],
    ['credential_evidence','credential_id','credential'],
    ['project','lab_id','lab'], ['project','created_by_id','account'], ['opening','project_id','project'], ['opening','lab_id','lab'],
    ['opening_skill','opening_id','opening'], ['opening_credential','opening_id','opening'], ['opening_language','opening_id','opening'],
    ['fit','opening_id','opening'], ['fit','expert_id','expert'], ['shortlist','opening_id','opening'],
    ['recommendation','expert_id','expert'], ['recommendation','opening_id','opening'], ['recommendation_state','expert_id','expert'],
    ['invitation','opening_id','opening'], ['invitation','expert_id','expert'],
    ['application','opening_id','opening'], ['application','expert_id','expert'],
    ['offer','application_id','application'], ['offer','opening_id','opening'], ['offer','expert_id','expert'],
    ['offer','take_rate_policy_id','take_rate_policy'],
    ['engagement','offer_id','offer'], ['engagement','opening_id','opening'], ['engagement','lab_id','lab'], ['engagement','expert_id','expert'],
    ['engagement_week','engagement_id','engagement'],
    ['timer','expert_id','expert'], ['timer','engagement_id','engagement'],
    ['timesheet','engagement_id','engagement'], ['time_entry','timesheet_id','timesheet'], ['time_entry','engagement_id','engagement'],
    ['line_question','time_entry_id','time_entry'], ['line_question','timesheet_id','timesheet'],
    ['take_rate_policy','lab_id','lab'], ['funding','lab_id','lab'], ['lab_refund','lab_id','lab'], ['lab_refund','funding_id','funding'],
    ['charge','time_entry_id','time_entry'], ['charge','timesheet_id','timesheet'], ['charge','engagement_id','engagement'],
    ['charge','take_rate_policy_id','take_rate_policy'],
    ['payout_account','expert_id','expert'], ['payout','run_id','payout_run'], ['payout','expert_id','expert'],
    ['notification','account_id','account'], ['journal_words','entry_id','journal_entry'], ['seal_item','seal_id','seal'],
    ['taxonomy_alias','concept_id','taxonomy_concept'], ['taxonomy_relation','narrower_id','taxonomy_concept'], ['taxonomy_relation','broader_id','taxonomy_concept']
  ] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (%I) REFERENCES %I (id) DEFERRABLE INITIALLY IMMEDIATE',
      link[1], link[1] || '_' || link[2] || '_fkey', link[2], link[3]);
  END LOOP;
END $$;
-- Seals are written in the transaction that fills them, items first or last.
ALTER TABLE seal_item ALTER CONSTRAINT seal_item_seal_id_fkey DEFERRABLE INITIALLY DEFERRED;

-- Indexes for foreign keys that pages follow.
CREATE INDEX recommendation_state_waiting ON recommendation_state (asked_at) WHERE state = 'WAITING';
CREATE INDEX notification_unread ON notification (account_id) WHERE read_at IS NULL;
CREATE INDEX outbox_message_unsent ON outbox_message (id) WHERE sent_at IS NULL;
CREATE INDEX rail_event_unhandled ON rail_event (received_at) WHERE handled_at IS NULL;
CREATE INDEX project_words ON project USING gin (title gin_trgm_ops);
CREATE INDEX opening_words ON opening USING gin (title gin_trgm_ops);
CREATE INDEX taxonomy_concept_words ON taxonomy_concept USING gin (label gin_trgm_ops);
CREATE INDEX taxonomy_alias_words ON taxonomy_alias USING gin (label gin_trgm_ops);

-- Time: a person cannot be in two places. Touching spans are allowed; what was voided or rejected frees its span.
ALTER TABLE time_entry ADD CONSTRAINT time_entry_span CHECK (ends_at > starts_at AND ends_at - starts_at <= interval '16 hours');
ALTER TABLE time_entry ADD CONSTRAINT time_entry_counted CHECK (counted_seconds >= 0 AND counted_seconds <= extract(epoch FROM ends_at - starts_at));
ALTER TABLE time_entry ADD CONSTRAINT time_entry_no_overlap
  EXCLUDE USING gist (expert_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state NOT IN ('VOIDED', 'REJECTED'));
ALTER TABLE timesheet ADD CONSTRAINT timesheet_week CHECK (week_start = date_trunc('week', week_start, 'UTC'));
ALTER TABLE engagement_week ADD CONSTRAINT engagement_week_week CHECK (week_start = date_trunc('week', week_start, 'UTC'));

-- Money: three numbers that add up, positive rates, sane percentages.
ALTER TABLE charge ADD CONSTRAINT charge_adds_up CHECK (price_minor = pay_minor + fee_minor);
ALTER TABLE charge ADD CONSTRAINT charge_not_negative CHECK (agreed_minor >= 0 AND pay_minor >= 0 AND fee_minor >= 0 AND seconds >= 0 AND rate_minor_per_hour > 0);
ALTER TABLE take_rate_policy ADD CONSTRAINT take_rate_policy_percent CHECK (lab_fee_ppm BETWEEN 0 AND 1000000 AND expert_fee_ppm BETWEEN 0 AND 1000000);
ALTER TABLE take_rate_policy ADD CONSTRAINT take_rate_policy_period CHECK (effective_to IS NULL OR effective_to > effective_from);
ALTER TABLE take_rate_policy ADD CONSTRAINT take_rate_policy_no_overlap EXCLUDE USING gist (
  scope WITH =,
  (coalesce(lab_id, '00000000-0000-0000-0000-000000000000'::uuid)) WITH =,
  (coalesce(project_id, '00000000-0000-0000-0000-000000000000'::uuid)) WITH =,
  (coalesce(expert_id, '00000000-0000-0000-0000-000000000000'::uuid)) WITH =,
  tstzrange(effective_from, effective_to) WITH &&);
ALTER TABLE funding ADD CONSTRAINT funding_positive CHECK (amount_minor > 0);
ALTER TABLE lab_refund ADD CONSTRAINT lab_refund_positive CHECK (amount_minor > 0);
ALTER TABLE payout ADD CONSTRAINT payout_positive CHECK (amount_minor > 0);
ALTER TABLE opening ADD CONSTRAINT opening_band CHECK (rate_min_minor > 0 AND rate_max_minor >= rate_min_minor);
ALTER TABLE opening ADD CONSTRAINT opening_seats CHECK (seats > 0 AND seats_filled BETWEEN 0 AND seats);
ALTER TABLE offer ADD CONSTRAINT offer_terms CHECK (rate_minor_per_hour > 0 AND weekly_cap_seconds > 0 AND notice_days >= 0);
-- One live offer per application at a time.
CREATE UNIQUE INDEX offer_one_live ON offer (application_id) WHERE state = 'SENT';

-- Append-only rows.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are append-only', TG_TABLE_NAME USING ERRCODE = '23001';
END $$;
CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_append_only BEFORE UPDATE OR DELETE ON charge FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_no_truncate BEFORE TRUNCATE ON charge FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_item_append_only BEFORE UPDATE OR DELETE ON seal_item FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER verification_append_only BEFORE UPDATE OR DELETE ON verification FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What the application's role may do. It owns nothing and cannot step around row-level security.
GRANT USAGE ON SCHEMA public TO tallystick_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tallystick_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tallystick_app;
REVOKE UPDATE, DELETE ON journal_entry, charge, seal, seal_item, verification FROM tallystick_app;
REVOKE UPDATE ON journal_words FROM tallystick_app;

-- Row-level security: the second wall. The unit of work sets these for each transaction; unset means no rows.
CREATE FUNCTION app_sees_all() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('app.rows', true), '') = 'all' $$;
CREATE FUNCTION app_account() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.account', true), '')::uuid $$;
CREATE FUNCTION app_lab() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.lab', true), '')::uuid $$;
CREATE FUNCTION app_expert() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.expert', true), '')::uuid $$;

DO $$
DECLARE
  t text;
BEGIN
  -- Rows between one lab and one expert: both sides see the same record.
  FOREACH t IN ARRAY ARRAY['invitation','application','offer','engagement','engagement_week','timesheet','time_entry','timer','line_question','charge'] LOOP
    EXECUTE format('CREATE POLICY both_sides ON %I USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert()) WITH CHECK (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert())', t);
  END LOOP;
  -- A lab's own rows.
  FOREACH t IN ARRAY ARRAY['lab_owner','lab_competitor','lab_invitation','funding','lab_refund','fit','shortlist'] LOOP
    EXECUTE format('CREATE POLICY own_lab ON %I USING (app_sees_all() OR lab_id = app_lab()) WITH CHECK (app_sees_all() OR lab_id = app_lab())', t);
  END LOOP;
  -- An expert's own rows.
  FOREACH t IN ARRAY ARRAY['recommendation','recommendation_state','payout_account','payout','credential_evidence'] LOOP
    EXECUTE format('CREATE POLICY own_expert ON %I USING (app_sees_all() OR expert_id = app_expert()) WITH CHECK (app_sees_all() OR expert_id = app_expert())', t);
  END LOOP;
  -- Profiles: their expert's to write, a signed-in lab's to read (which of them, the policies decide).
  FOREACH t IN ARRAY ARRAY['expert_skill','expert_language','affiliation','evidence_item','credential','verification'] LOOP
    EXECUTE format('CREATE POLICY profile ON %I USING (app_sees_all() OR expert_id = app_expert() OR app_lab() IS NOT NULL) WITH CHECK (app_sees_all() OR expert_id = app_expert())', t);
  END LOOP;
  CREATE POLICY profile ON expert USING (app_sees_all() OR id = app_expert() OR account_id = app_account() OR app_lab() IS NOT NULL)
    WITH CHECK (app_sees_all() OR id = app_expert() OR account_id = app_account());
  CREATE POLICY own_member ON lab_member USING (app_sees_all() OR lab_id = app_lab() OR account_id = app_account())
    WITH CHECK (app_sees_all() OR lab_id = app_lab() OR account_id = app_account());
  CREATE POLICY own_notification_read ON notification FOR SELECT USING (app_sees_all() OR account_id = app_account());
  CREATE POLICY own_notification_mark ON notification FOR UPDATE USING (app_sees_all() OR account_id = app_account());
  CREATE POLICY notification_write ON notification FOR INSERT WITH CHECK (true);
  CREATE POLICY journal_read ON journal_entry FOR SELECT USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert());
  CREATE POLICY journal_append ON journal_entry FOR INSERT WITH CHECK (true);
  -- Published work is public; drafts are their lab's.
  CREATE POLICY published ON project USING (app_sees_all() OR lab_id = app_lab() OR published_at IS NOT NULL) WITH CHECK (app_sees_all() OR lab_id = app_lab());
  CREATE POLICY published ON opening USING (app_sees_all() OR lab_id = app_lab() OR published_at IS NOT NULL) WITH CHECK (app_sees_all() OR lab_id = app_lab());
  FOREACH t IN ARRAY ARRAY['invitation','application','offer','engagement','engagement_week','timesheet','time_entry','timer','line_question','charge',
    'lab_owner','lab_competitor','lab_invitation','funding','lab_refund','fit','shortlist','recommendation','recommendation_state','payout_account','payout',
    'credential_evidence','expert_skill','expert_language','affiliation','evidence_item','credential','verification','expert','lab_member','notification',
    'journal_entry','project','opening'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

-- The owner runs migrations and backups: it sees all rows by policy, not by exemption.
DO $$
DECLARE
  t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relrowsecurity LOOP
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

-- Whom a notification is for: a lab's members in some roles, an expert, staff of a role, or one account.
CREATE FUNCTION app_audience(for_lab uuid, lab_roles text[], for_expert uuid, for_staff text, for_account uuid)
RETURNS TABLE (account_id uuid, email text, name text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.id, a.email, a.name FROM account a
  WHERE a.id = for_account
     OR a.id IN (SELECT m.account_id FROM lab_member m WHERE m.lab_id = for_lab AND m.removed_at IS NULL AND m.role = ANY(lab_roles))
     OR a.id = (SELECT e.account_id FROM expert e WHERE e.id = for_expert)
     OR a.id IN (SELECT s.account_id FROM staff_role s WHERE s.role = for_staff)
$$;
GRANT EXECUTE ON FUNCTION app_audience TO tallystick_app;

-- The policy in force from the beginning: 15 % of agreed pay, paid by the lab on top of the expert's rate.
INSERT INTO take_rate_policy (id, scope, lab_fee_ppm, expert_fee_ppm, rounding, effective_from, reason, created_at)
VALUES ('00000000-0000-7000-8000-000000000001', 'DEFAULT', 150000, 0, 'HALF_EVEN', '2020-01-01T00:00:00Z',
        'The default: 15 % of agreed pay, paid by the lab on top of the expert''s rate.', '2020-01-01T00:00:00Z');

-- What each table and column means.
COMMENT ON TABLE account IS 'A person who signs in. What they may do follows from lab memberships, an expert profile or staff roles.';
COMMENT ON COLUMN account.email IS 'Lower-cased address; unique.';
COMMENT ON COLUMN account.password_hash IS 'argon2id, parameters in the hash itself.';
COMMENT ON COLUMN account.time_zone IS 'IANA zone in which this person reads times.';
COMMENT ON COLUMN account.state IS 'ACTIVE or SUSPENDED.';
COMMENT ON TABLE session IS 'A signed-in browser. Only the SHA-256 of the cookie''s token is kept; deleting the row ends the session.';
COMMENT ON TABLE one_time_link IS 'A link that works once: a forgotten password, the first admin.';
COMMENT ON COLUMN one_time_link.purpose IS 'RESET_PASSWORD or FIRST_ADMIN.';
COMMENT ON TABLE staff_role IS 'A role of platform staff: VERIFIER, TRUST, FINANCE, AUDITOR or ADMIN.';
COMMENT ON TABLE invitation IS 'A lab asks an expert to apply.';
COMMENT ON TABLE application IS 'An expert asks for a seat in an opening.';
COMMENT ON COLUMN application.decline_reason IS 'Why it was declined: a code of the product and a sentence.';
COMMENT ON TABLE offer IS 'Terms that a lab proposes to an expert. The take rate is resolved and frozen when it is sent.';
COMMENT ON COLUMN offer.rate_minor_per_hour IS 'The expert''s agreed rate an hour, minor units.';
COMMENT ON TABLE journal_entry IS 'The append-only record of every state change: who, what, which subject, before and after, why.';
COMMENT ON COLUMN journal_entry.actor_kind IS 'PERSON, STAFF or SYSTEM.';
COMMENT ON COLUMN journal_entry.command IS 'The use case, e.g. approve-line.';
COMMENT ON COLUMN journal_entry.facts IS 'Ids, codes, amounts and commitments only; part of the sealed hash.';
COMMENT ON TABLE journal_words IS 'Words that belong to a journal entry; may be erased without breaking a seal, which holds only their salted hash.';
COMMENT ON TABLE seal_item IS 'The place of one journal entry or ledger transaction in the sealed chain.';
COMMENT ON COLUMN seal_item.kind IS 'JOURNAL or LEDGER.';
COMMENT ON TABLE seal IS 'A signed statement over a range of the chain; its root is also kept outside the database.';
COMMENT ON TABLE take_rate_policy IS 'What the platform keeps, with effective dates. Versions are closed, never edited.';
COMMENT ON COLUMN take_rate_policy.scope IS 'DEFAULT, PROMO, LAB, PROJECT or LAB_EXPERT.';
COMMENT ON COLUMN take_rate_policy.lab_fee_ppm IS 'Fee on top of the agreed pay, paid by the lab, parts per million.';
COMMENT ON COLUMN take_rate_policy.expert_fee_ppm IS 'Fee taken from the agreed pay, paid by the expert, parts per million.';
COMMENT ON TABLE funding IS 'Money that a lab puts in.';
COMMENT ON COLUMN funding.rail_payment_id IS 'The rail''s id of the payment.';
COMMENT ON TABLE lab_refund IS 'Money that goes back to a lab from what is not held.';
COMMENT ON TABLE charge IS 'One approved line, charged: price = pay + fee, with every input of the sum. Never changed.';
COMMENT ON TABLE credential IS 'A claim that an expert makes: licence, degree, certification, language, employment, identity.';
COMMENT ON COLUMN credential.claim IS 'The typed fields of the claim (licence number, NPI, issuer...), as checked by the domain.';
COMMENT ON COLUMN credential.jurisdiction IS 'Country or state in which it holds, e.g. US-CA.';
COMMENT ON COLUMN credential.expires_on IS 'Last day on which it is valid.';
COMMENT ON TABLE verification IS 'One attempt to check a credential, with its method, evidence and outcome.';
COMMENT ON COLUMN verification.method IS 'FORMAT_CHECK (made at once by rule) or HUMAN_REVIEW.';
COMMENT ON COLUMN verification.outcome IS 'PASS, FAIL, INCONCLUSIVE for a check; APPROVE, REJECT for a person''s decision.';
COMMENT ON COLUMN verification.verifier_id IS 'The verifier; null for a format check.';
COMMENT ON COLUMN verification.seen_hash IS 'SHA-256 of claim and evidence as they were seen.';
COMMENT ON TABLE credential_evidence IS 'A file given as evidence for a credential; the bytes lie in storage under storageKey.';
COMMENT ON TABLE engagement IS 'The contract that an accepted offer makes; rate, take rate, weekly cap and notice are frozen.';
COMMENT ON TABLE engagement_week IS 'One week of an engagement and the money held for it before it begins.';
COMMENT ON COLUMN engagement_week.state IS 'HELD, FAILED, SETTLED (charged or released).';
COMMENT ON COLUMN engagement_week.held_minor IS 'Price of the weekly cap, minor units, reserved from the lab''s balance.';
COMMENT ON COLUMN engagement_week.hold_posting_id IS 'The pending posting that reserves what is left of it.';
COMMENT ON TABLE expert IS 'The person who works; the public part of the profile plus what matching needs.';
COMMENT ON COLUMN expert.country IS 'ISO 3166 two letters: where the work is done from.';
COMMENT ON COLUMN expert.hours_per_week IS 'Hours a week that the expert offers.';
COMMENT ON COLUMN expert.minimum_rate_minor IS 'Lowest rate an hour, minor units of rateCurrency.';
COMMENT ON COLUMN expert.is_visible_to_labs IS 'Consent to be shown to labs in shortlists.';
COMMENT ON COLUMN expert.state IS 'ACTIVE or SUSPENDED.';
COMMENT ON TABLE expert_skill IS 'A skill that an expert claims.';
COMMENT ON COLUMN expert_skill.concept_id IS 'Concept of the taxonomy, where one was chosen.';
COMMENT ON TABLE expert_language IS 'A language that an expert speaks, with its CEFR level (A1 to C2, or NATIVE).';
COMMENT ON COLUMN expert_language.language IS 'ISO 639 code.';
COMMENT ON TABLE affiliation IS 'Where an expert works or worked; used for conflict of interest.';
COMMENT ON TABLE evidence_item IS 'One item of evidence on a profile: WORK, EDUCATION, PUBLICATION or PROJECT.';
COMMENT ON TABLE lab IS 'The buying organisation.';
COMMENT ON COLUMN lab.country IS 'ISO 3166 two letters.';
COMMENT ON COLUMN lab.state IS 'PENDING_VETTING, VETTED, REFUSED or SUSPENDED. Only a vetted lab publishes.';
COMMENT ON TABLE lab_owner IS 'Who owns the lab, with their share, for vetting and conflicts of interest.';
COMMENT ON COLUMN lab_owner.share_basis_points IS 'Share in hundredths of a percent, 1 to 10000.';
COMMENT ON TABLE lab_competitor IS 'An organisation that the lab competes with; its people cannot be engaged.';
COMMENT ON TABLE lab_member IS 'A person acting for a lab in a role: OWNER, MANAGER, REVIEWER or FINANCE.';
COMMENT ON TABLE lab_invitation IS 'An invitation by mail to join a lab; the link works once.';
COMMENT ON TABLE fit IS 'The fit of one of the 200 best experts for an opening, as the worker scored it.';
COMMENT ON COLUMN fit.rank IS '1 is best.';
COMMENT ON COLUMN fit.score IS '0 to 1, the same meaning for every opening.';
COMMENT ON TABLE shortlist IS 'The state of an opening''s shortlist: when it was asked for, when scored, and how many each gate removed.';
COMMENT ON COLUMN shortlist.state IS 'WAITING or READY.';
COMMENT ON TABLE recommendation IS 'An opening as it fits one expert: those that can be taken first, then those with something missing.';
COMMENT ON TABLE recommendation_state IS 'When an expert''s openings were last asked for and scored.';
COMMENT ON COLUMN recommendation_state.state IS 'WAITING or READY.';
COMMENT ON TABLE notification IS 'Something that a person should know, behind the bell.';
COMMENT ON TABLE mail IS 'A mail; kept here on the local footing, sent by SMTP where it is set.';
COMMENT ON COLUMN mail.state IS 'KEPT, SENT or FAILED.';
COMMENT ON TABLE outbox_message IS 'A job that leaves with the transaction that wrote it; the relay hands it to the queue.';
COMMENT ON COLUMN outbox_message.payload IS 'Ids only.';
COMMENT ON TABLE command_receipt IS 'What a command with an idempotency key gave, so that its repetition gives the same.';
COMMENT ON TABLE payout_account IS 'Where an expert is paid: the recipient account on the rail.';
COMMENT ON COLUMN payout_account.state IS 'ONBOARDING, ACTIVE or RESTRICTED.';
COMMENT ON TABLE payout_run IS 'One run over all experts with something to be paid.';
COMMENT ON COLUMN payout_run.trigger IS 'DAILY or ON_DEMAND.';
COMMENT ON TABLE payout IS 'Money on its way to an expert.';
COMMENT ON COLUMN payout.attempt IS 'Number of the attempt; part of the rail''s idempotency key.';
COMMENT ON COLUMN payout.blocks IS 'Gates that hold it, each with reason, who decides and until when.';
COMMENT ON TABLE project IS 'What a lab wants done.';
COMMENT ON COLUMN project.scarcity IS 'The three axes, each LOW, MEDIUM or HIGH.';
COMMENT ON COLUMN project.unpaid_parts IS 'Parts of the work that are not paid, said before anyone applies; empty means all time is paid.';
COMMENT ON COLUMN project.monitoring IS 'What is monitored, said before anyone applies; empty means nothing.';
COMMENT ON TABLE opening IS 'One layer of a project: rung, requirements, seats, hours, rate band.';
COMMENT ON COLUMN opening.rate_min_minor IS 'Rate band of the expert''s pay an hour, minor units.';
COMMENT ON COLUMN opening.countries IS 'Countries in which the work may be done; empty means anywhere.';
COMMENT ON TABLE opening_skill IS 'A skill that an opening asks for.';
COMMENT ON TABLE opening_credential IS 'A credential that an opening requires.';
COMMENT ON TABLE opening_language IS 'A language that an opening requires.';
COMMENT ON TABLE rail_event IS 'A webhook event of the rail, kept once by its id, handled once.';
COMMENT ON TABLE taxonomy_concept IS 'An occupation, skill or skill group, from our own list, ESCO or O*NET.';
COMMENT ON COLUMN taxonomy_concept.kind IS 'OCCUPATION, SKILL or GROUP.';
COMMENT ON COLUMN taxonomy_concept.source IS 'OWN, ESCO or ONET.';
COMMENT ON COLUMN taxonomy_concept.source_code IS 'The id that the source gives it.';
COMMENT ON TABLE taxonomy_alias IS 'Another name of a concept.';
COMMENT ON TABLE taxonomy_relation IS 'A concept and one that is broader.';
COMMENT ON TABLE taxonomy_import IS 'One run of an import, with what it loaded and what was missing.';
COMMENT ON TABLE timer IS 'The one running timer of an expert.';
COMMENT ON TABLE timesheet IS 'A week of logged time for one engagement. Later hours make a second sheet.';
COMMENT ON COLUMN timesheet.week_start IS 'Monday 00:00 UTC.';
COMMENT ON COLUMN timesheet.review_due_at IS 'When silence approves what is in the cap and funded.';
COMMENT ON COLUMN timesheet.lab_acted_at IS 'When the lab first acted; from then on it cannot be recalled.';
COMMENT ON TABLE time_entry IS 'Logged time of one activity kind. Two entries of one expert never overlap (exclusion constraint).';
COMMENT ON COLUMN time_entry.source IS 'TRACKED (timer) or MANUAL.';
COMMENT ON COLUMN time_entry.counted_seconds IS 'Seconds that count: the span, or less where a question was settled so.';
COMMENT ON TABLE line_question IS 'A lab''s question about one line, and how it was settled.';
COMMENT ON COLUMN line_question.proposed_seconds IS 'Seconds that the lab proposes to count instead, if any.';
COMMENT ON COLUMN line_question.resolution IS 'ACCEPTED (the proposal), APPROVED (as logged) or WITHDRAWN.';

-- Tries that count towards a rate limit (read and written by rate-limiter-flexible).
CREATE TABLE rate_limit (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint);
COMMENT ON TABLE rate_limit IS 'Tries that count towards a rate limit, shared by all processes.';
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO tallystick_app;

-- The queue's own schema, where the queue lives in PostgreSQL.
CREATE SCHEMA bullmq;
GRANT ALL ON SCHEMA bullmq TO tallystick_app;
