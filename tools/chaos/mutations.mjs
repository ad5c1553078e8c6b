// Protections, each taken out in the database alone, so that the harness is seen to miss it. A harness never seen failing proves nothing.

/** What is done to the database of one run, by its owner, before anybody acts. */
export const MUTATIONS = {
  // A repeated request finds no receipt of the first: it is done again.
  idempotency: [
    `CREATE FUNCTION chaos_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       UPDATE command_receipt SET idempotency_key = idempotency_key || '-' || gen_random_uuid() WHERE idempotency_key = NEW.idempotency_key; RETURN NULL; END $$`,
    `CREATE CONSTRAINT TRIGGER chaos_forget AFTER UPDATE ON command_receipt DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW WHEN (OLD.idempotency_key = NEW.idempotency_key) EXECUTE FUNCTION chaos_forget()`,
  ],
  // Balances are read first and written afterwards, without a lock: what others wrote in between is lost.
  locks: [
    `DO $$ DECLARE body text := pg_get_functiondef('ledger.post(jsonb)'::regprocedure); taken text; BEGIN
       taken := substring(body FROM '  WITH moved AS .*WHERE b.account_id = locked.account_id;');
       IF taken IS NULL THEN RAISE EXCEPTION 'the locked update is not found'; END IF;
       EXECUTE replace(body, taken, $q$
         CREATE TEMP TABLE IF NOT EXISTS read_before (account bigint, dr bigint, cr bigint, drp bigint, crp bigint) ON COMMIT DROP;
         DELETE FROM read_before;
         INSERT INTO read_before SELECT b.account_id, b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending FROM balance b WHERE b.account_id = ANY (debits || credits);
         PERFORM pg_sleep(0.05);
         UPDATE balance b SET debits_posted = r.dr + m.dr, credits_posted = r.cr + m.cr, debits_pending = r.drp + m.drp, credits_pending = r.crp + m.crp
         FROM read_before r JOIN (
           SELECT x.account, coalesce(sum(x.dr) FILTER (WHERE x.phase IN ('S', 'C')), 0) AS dr, coalesce(sum(x.cr) FILTER (WHERE x.phase IN ('S', 'C')), 0) AS cr,
             coalesce(sum(CASE x.phase WHEN 'P' THEN x.dr ELSE -x.dr END) FILTER (WHERE x.phase IN ('P', 'C', 'V')), 0) AS drp,
             coalesce(sum(CASE x.phase WHEN 'P' THEN x.cr ELSE -x.cr END) FILTER (WHERE x.phase IN ('P', 'C', 'V')), 0) AS crp
           FROM (SELECT d, a, 0::bigint, p FROM unnest(debits, amounts, phases) l(d, a, p)
                 UNION ALL SELECT c, 0, a, p FROM unnest(credits, amounts, phases) l(c, a, p)) x(account, dr, cr, phase) GROUP BY x.account) m ON m.account = r.account
         WHERE b.account_id = r.account;$q$);
     END $$`,
  ],
  // A row of the outbox is lost now and then, as where a program enqueues after its commit and dies in between.
  outbox: [
    `CREATE FUNCTION chaos_lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF NEW.queue = 'rail' AND random() < 0.3 THEN NEW.sent_at := now(); END IF; RETURN NEW; END $$`,
    'CREATE TRIGGER chaos_lose BEFORE INSERT ON outbox_message FOR EACH ROW EXECUTE FUNCTION chaos_lose()',
  ],
  // An event of the rail is kept as often as it comes.
  webhooks: ['ALTER TABLE rail_event DROP CONSTRAINT rail_event_pkey'],
  // An account may fall below what it has.
  floor: ['ALTER TABLE ledger.balance DROP CONSTRAINT available_above_floor'],
};
