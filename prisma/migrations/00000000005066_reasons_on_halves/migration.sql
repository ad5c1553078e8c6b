-- A line of a bonus says on both halves what it was for. Lines that were signed without it stay as they were signed.
ALTER TABLE bonus ADD COLUMN is_reason_signed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN bonus.is_reason_signed IS 'Whether the reason is part of the line that is signed: true since halves carry reasons (form 2). The product sets it, so that a server of the version before does not say so of a line that it signs without.';
