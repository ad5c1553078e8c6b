-- Who else claims the same number: asked whenever a verifier opens a claim.
CREATE INDEX credential_claim_parts ON credential USING gin (claim jsonb_path_ops);
