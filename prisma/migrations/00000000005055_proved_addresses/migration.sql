-- Whether somebody has read mail at their address, and whose roles somebody took, are looked up by index: these tables grow.
CREATE INDEX one_time_link_used ON one_time_link (account_id) WHERE used_at IS NOT NULL;
CREATE INDEX lab_invitation_accepted ON lab_invitation (email) WHERE accepted_at IS NOT NULL;
CREATE INDEX journal_entry_roles_taken ON journal_entry (actor_id, at) WHERE command = 'revoke-staff-role';
