// What waits because of money: the branches of payouts and of disputed payments.
import { Prisma } from '../../platform/prisma/database';
import { limited, row, type Branch } from './waiting-branch.repository';

/** What came back and has not been sent again, however many payouts arrived meanwhile. */
export function payoutsReturned(expertId: string): Branch {
  const columns = { id: Prisma.sql`p.id`, since: Prisma.sql`p.created_at` };
  return Prisma.sql`${row('PAYOUT_RETURNED', columns)} FROM payout p
    WHERE p.expert_id = ${expertId}::uuid AND p.state = 'RETURNED'
    ${limited(Prisma.sql`p.created_at DESC`)}`;
}

/** An expert under contract who cannot be paid yet. */
export function payoutAccount(expertId: string): Branch {
  const columns = { id: Prisma.sql`e.id`, since: Prisma.sql`min(g.signed_at)` };
  return Prisma.sql`${row('PAYOUT_ACCOUNT_MISSING', columns)} FROM expert e JOIN engagement g ON g.expert_id = e.id
    WHERE e.id = ${expertId}::uuid AND NOT EXISTS (SELECT 1 FROM payout_account a WHERE a.expert_id = e.id AND a.state = 'ACTIVE')
    GROUP BY e.id`;
}

/** Payouts that the rail refused or did not answer. */
export function payoutsFailed(): Branch {
  const columns = {
    id: Prisma.sql`(array_agg(p.id ORDER BY p.created_at))[1]`,
    since: Prisma.sql`min(p.created_at)`,
    count: Prisma.sql`count(*)`,
  };
  return Prisma.sql`${row('PAYOUT_FAILED', columns)} FROM payout p WHERE p.state IN ('FAILED', 'UNKNOWN') HAVING count(*) > 0`;
}

/** A lab's payments that a bank looks at, and those that it took back and that are not paid. */
export function disputesOfLab(labId: string): Branch {
  const columns = {
    id: Prisma.sql`(array_agg(d.id ORDER BY d.opened_at))[1]`,
    since: Prisma.sql`min(d.opened_at)`,
    count: Prisma.sql`count(*)`,
  };
  return Prisma.sql`${row(kindOfDispute('PAYMENT_DISPUTED', 'DEBT_OWED'), columns)} FROM lab_dispute d
    WHERE d.lab_id = ${labId}::uuid AND d.settled_at IS NULL AND d.state IN ('OPEN', 'LOST') GROUP BY d.state`;
}

/** A lab's invoices that are not paid: the first due day of them. */
export function invoicesOpen(labId: string): Branch {
  const columns = {
    id: Prisma.sql`(array_agg(i.id ORDER BY i.due_on, i.id))[1]`,
    since: Prisma.sql`min(i.issued_at)`,
    due: Prisma.sql`min(i.due_on)`,
    count: Prisma.sql`count(*)`,
  };
  return Prisma.sql`${row('INVOICE_DUE', columns)} FROM invoice i WHERE i.lab_id = ${labId}::uuid AND i.state = 'OPEN' HAVING count(*) > 0`;
}

/** The disputed payments of all labs, each by itself, with those of which a bank has only asked: until when the rail takes evidence. */
export function disputesOfStaff(): Branch {
  const columns = {
    id: Prisma.sql`d.id`,
    label: Prisma.sql`l.name`,
    since: Prisma.sql`d.opened_at`,
    due: Prisma.sql`CASE WHEN d.state <> 'LOST' THEN d.evidence_due_at END`,
  };
  return Prisma.sql`${row(kindOfDispute('DISPUTE_TO_ANSWER', 'DEBT_TO_COLLECT'), columns)} FROM lab_dispute d JOIN lab l ON l.id = d.lab_id
    WHERE d.settled_at IS NULL AND d.state IN ('INQUIRY', 'OPEN', 'LOST') ${limited(Prisma.sql`d.opened_at, d.id`)}`;
}

function kindOfDispute(open: string, lost: string): Prisma.Sql {
  return Prisma.sql`CASE WHEN d.state = 'LOST' THEN ${lost} ELSE ${open} END`;
}
