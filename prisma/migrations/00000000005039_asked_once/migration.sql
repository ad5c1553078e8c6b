-- The same thing is asked for once: while a request waits, no other of the same action and payload does, whatever row it is about.
CREATE UNIQUE INDEX approval_request_asked_once ON approval_request (action, payload_sha256) WHERE state = 'PENDING';
