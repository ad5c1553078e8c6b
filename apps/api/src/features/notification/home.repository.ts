import type { FeeParts, Rounding } from '@tallystick/domain';
import { Prisma, type Db } from '../../platform/prisma/database';
import { limited, row, together, type Branch, type WaitingRow } from './waiting-branch.repository';
import {
  disputesOfLab,
  disputesOfStaff,
  invoicesOpen,
  payoutAccount,
  payoutsFailed,
  payoutsReturned,
} from './waiting-money.repository';

const DAY_MS = 86_400_000;
const EXPIRES_SOON_MS = 60 * DAY_MS;

/** What waits for a lab: one statement, whatever the number of kinds. */
export async function waitingForLab(
  db: Db,
  labId: string,
  may: { readonly review: boolean; readonly hire: boolean; readonly pay: boolean; readonly own: boolean },
  week: Date,
): Promise<WaitingRow[]> {
  return together(db, [
    ...(may.review ? [weeksToReview(labId)] : []),
    ...(may.hire
      ? [applicationsToAnswer(labId), offersOut(labId), invitationsOut(labId), drafts(labId)]
      : []),
    ...(may.pay || may.hire
      ? [
          unfundedWeeks(Prisma.sql`w.lab_id = ${labId}::uuid`, week),
          disputesOfLab(labId),
          invoicesOpen(labId),
        ]
      : []),
    ...(may.own ? [vetting(labId)] : []),
  ]);
}

/** What waits for an expert. */
export async function waitingForExpert(
  db: Db,
  expertId: string,
  week: Date,
  now: Date,
): Promise<WaitingRow[]> {
  return together(db, [
    offersToAnswer(expertId),
    invitationsToAnswer(expertId),
    questionsToAnswer(expertId),
    unfundedWeeks(Prisma.sql`w.expert_id = ${expertId}::uuid`, week),
    weeksNotHandedIn(expertId),
    credentialsToMend(expertId, new Date(now.getTime() + EXPIRES_SOON_MS)),
    payoutsReturned(expertId),
    payoutAccount(expertId),
    profile(expertId),
  ]);
}

/** What waits for staff, of the kinds that their roles decide on; what waits for four eyes is not among it. */
export async function waitingForStaff(
  db: Db,
  may: {
    readonly verify: boolean;
    readonly vet: boolean;
    readonly pay: boolean;
    readonly audit: boolean;
  },
  accountId: string,
  now: Date,
): Promise<WaitingRow[]> {
  return together(db, [
    ...(may.verify ? [claims(accountId)] : []),
    ...(may.vet ? [labsToVet()] : []),
    ...(may.pay ? [payoutsFailed(), disputesOfStaff()] : []),
    ...(may.audit ? [unsealed(new Date(now.getTime() - 10 * 60_000))] : []),
  ]);
}

/** The terms from which the price of a full week of one engagement follows. */
export interface WeeklyNeed {
  readonly currency: string;
  readonly rateMinorPerHour: bigint;
  readonly weeklyCapSeconds: number;
  readonly labFeePpm: number;
  readonly expertFeePpm: number;
  readonly rounding: Rounding;
  readonly feeParts: FeeParts | null;
}

/** Terms of everything that a lab has under contract and that goes on; at most 1000. */
export async function weeklyNeeds(db: Db, labId: string): Promise<WeeklyNeed[]> {
  const rows = await db.engagement.findMany({
    where: { labId, state: { in: ['ACTIVE', 'BLOCKED_FUNDING'] } },
    select: {
      currency: true,
      rateMinorPerHour: true,
      weeklyCapSeconds: true,
      labFeePpm: true,
      expertFeePpm: true,
      rounding: true,
      feeParts: true,
    },
    take: 1000,
  });
  return rows as unknown as WeeklyNeed[];
}

function weeksToReview(labId: string): Branch {
  const columns = {
    id: Prisma.sql`s.id`,
    label: Prisma.sql`e.display_name`,
    since: Prisma.sql`s.submitted_at`,
    due: Prisma.sql`s.review_due_at`,
  };
  return Prisma.sql`${row('WEEK_TO_REVIEW', columns)} FROM timesheet s JOIN expert e ON e.id = s.expert_id
    WHERE s.lab_id = ${labId}::uuid AND s.state IN ('SUBMITTED', 'IN_REVIEW')
      AND EXISTS (SELECT 1 FROM time_entry t WHERE t.timesheet_id = s.id AND t.state IN ('SUBMITTED', 'ANSWERED'))
    ${limited(Prisma.sql`s.review_due_at, s.id`)}`;
}

function applicationsToAnswer(labId: string): Branch {
  const columns = {
    id: Prisma.sql`o.id`,
    label: Prisma.sql`min(o.title)`,
    since: Prisma.sql`min(a.created_at)`,
    count: Prisma.sql`count(*)`,
  };
  return Prisma.sql`${row('APPLICATION_TO_ANSWER', columns)} FROM application a JOIN opening o ON o.id = a.opening_id
    WHERE a.lab_id = ${labId}::uuid AND a.state = 'APPLIED' GROUP BY o.id ${limited(Prisma.sql`min(a.created_at), o.id`)}`;
}

function offersOut(labId: string): Branch {
  const columns = {
    id: Prisma.sql`f.opening_id`,
    label: Prisma.sql`o.title`,
    since: Prisma.sql`f.sent_at`,
    due: Prisma.sql`f.expires_at`,
  };
  return Prisma.sql`${row('OFFER_OUT', columns)} FROM offer f JOIN opening o ON o.id = f.opening_id
    WHERE f.lab_id = ${labId}::uuid AND f.state = 'SENT' ${limited(Prisma.sql`f.expires_at, f.id`)}`;
}

function invitationsOut(labId: string): Branch {
  const columns = {
    id: Prisma.sql`o.id`,
    label: Prisma.sql`min(o.title)`,
    since: Prisma.sql`min(i.created_at)`,
    count: Prisma.sql`count(*)`,
  };
  return Prisma.sql`${row('INVITATION_OUT', columns)} FROM invitation i JOIN opening o ON o.id = i.opening_id
    WHERE i.lab_id = ${labId}::uuid AND i.state = 'SENT' GROUP BY o.id ${limited(Prisma.sql`min(i.created_at), o.id`)}`;
}

function drafts(labId: string): Branch {
  const columns = { id: Prisma.sql`p.id`, label: Prisma.sql`p.title`, since: Prisma.sql`p.created_at` };
  return Prisma.sql`${row('PROJECT_DRAFT', columns)} FROM project p
    WHERE p.lab_id = ${labId}::uuid AND p.state = 'DRAFT' ${limited(Prisma.sql`p.created_at, p.id`)}`;
}

function vetting(labId: string): Branch {
  const columns = { id: Prisma.sql`l.id`, since: Prisma.sql`coalesce(l.vetted_at, l.created_at)` };
  return Prisma.sql`${row('LAB_REFUSED', columns)} FROM lab l WHERE l.id = ${labId}::uuid AND l.state = 'REFUSED'`;
}

function unfundedWeeks(whose: Prisma.Sql, week: Date): Branch {
  const columns = {
    id: Prisma.sql`w.engagement_id`,
    label: Prisma.sql`o.title`,
    since: Prisma.sql`w.created_at`,
    due: Prisma.sql`w.week_start`,
  };
  return Prisma.sql`${row('WEEK_UNFUNDED', columns)} FROM engagement_week w
    JOIN engagement g ON g.id = w.engagement_id AND g.state <> 'ENDED' JOIN opening o ON o.id = g.opening_id
    WHERE w.state = 'FAILED' AND w.week_start >= ${week} AND ${whose} ${limited(Prisma.sql`w.week_start, w.id`)}`;
}

function offersToAnswer(expertId: string): Branch {
  const columns = {
    id: Prisma.sql`f.id`,
    label: Prisma.sql`o.title`,
    since: Prisma.sql`f.sent_at`,
    due: Prisma.sql`f.expires_at`,
  };
  return Prisma.sql`${row('OFFER_TO_ANSWER', columns)} FROM offer f JOIN opening o ON o.id = f.opening_id
    WHERE f.expert_id = ${expertId}::uuid AND f.state = 'SENT' ${limited(Prisma.sql`f.expires_at, f.id`)}`;
}

function invitationsToAnswer(expertId: string): Branch {
  const columns = { id: Prisma.sql`o.id`, label: Prisma.sql`o.title`, since: Prisma.sql`i.created_at` };
  return Prisma.sql`${row('INVITATION_TO_ANSWER', columns)} FROM invitation i JOIN opening o ON o.id = i.opening_id AND o.state = 'OPEN'
    WHERE i.expert_id = ${expertId}::uuid AND i.state = 'SENT' ${limited(Prisma.sql`i.created_at, i.id`)}`;
}

function questionsToAnswer(expertId: string): Branch {
  const columns = {
    id: Prisma.sql`s.id`,
    label: Prisma.sql`min(o.title)`,
    since: Prisma.sql`min(q.asked_at)`,
    count: Prisma.sql`count(*)`,
  };
  return Prisma.sql`${row('QUESTION_TO_ANSWER', columns)} FROM line_question q JOIN timesheet s ON s.id = q.timesheet_id
    JOIN engagement g ON g.id = s.engagement_id JOIN opening o ON o.id = g.opening_id
    WHERE q.expert_id = ${expertId}::uuid AND q.answered_at IS NULL AND q.resolved_at IS NULL
    GROUP BY s.id ${limited(Prisma.sql`min(q.asked_at), s.id`)}`;
}

function weeksNotHandedIn(expertId: string): Branch {
  const columns = {
    id: Prisma.sql`s.id`,
    label: Prisma.sql`o.title`,
    since: Prisma.sql`s.week_start`,
    due: Prisma.sql`s.week_start + interval '7 days'`,
  };
  return Prisma.sql`${row('WEEK_NOT_HANDED_IN', columns)} FROM timesheet s
    JOIN engagement g ON g.id = s.engagement_id JOIN opening o ON o.id = g.opening_id
    WHERE s.expert_id = ${expertId}::uuid AND s.state = 'OPEN'
      AND EXISTS (SELECT 1 FROM time_entry t WHERE t.timesheet_id = s.id AND t.state = 'DRAFT')
    ${limited(Prisma.sql`s.week_start, s.id`)}`;
}

function credentialsToMend(expertId: string, expiresBefore: Date): Branch {
  const kind = Prisma.sql`CASE WHEN c.state = 'DRAFT' THEN 'CREDENTIAL_DRAFT' WHEN c.state = 'REJECTED' THEN 'CREDENTIAL_REJECTED' ELSE 'CREDENTIAL_EXPIRING' END`;
  return Prisma.sql`SELECT ${kind} AS kind, c.id AS "subjectId", c.type::text AS label, coalesce(c.verified_at, c.submitted_at, c.created_at)::timestamptz AS since,
      CASE WHEN c.state IN ('VERIFIED', 'EXPIRING') THEN c.expires_on::timestamptz END AS due, 1::int AS count
    FROM credential c WHERE c.expert_id = ${expertId}::uuid
      AND (c.state IN ('DRAFT', 'REJECTED') OR (c.state IN ('VERIFIED', 'EXPIRING') AND c.expires_on <= ${expiresBefore}))
    ${limited(Prisma.sql`c.expires_on NULLS LAST, c.id`)}`;
}

function profile(expertId: string): Branch {
  const columns = { id: Prisma.sql`e.id`, since: Prisma.sql`e.created_at` };
  return Prisma.sql`${row('PROFILE_INCOMPLETE', columns)} FROM expert e
    WHERE e.id = ${expertId}::uuid AND (e.headline = '' OR NOT EXISTS (SELECT 1 FROM expert_skill s WHERE s.expert_id = e.id))`;
}

function claims(accountId: string): Branch {
  const columns = {
    id: Prisma.sql`(array_agg(c.id ORDER BY c.submitted_at))[1]`,
    since: Prisma.sql`min(c.submitted_at)`,
    count: Prisma.sql`count(*)`,
  };
  return Prisma.sql`${row('CLAIM_TO_VERIFY', columns)} FROM credential c JOIN expert e ON e.id = c.expert_id
    WHERE c.state IN ('SUBMITTED', 'IN_REVIEW') AND e.account_id <> ${accountId}::uuid HAVING count(*) > 0`;
}

function labsToVet(): Branch {
  const columns = { id: Prisma.sql`l.id`, label: Prisma.sql`l.name`, since: Prisma.sql`l.created_at` };
  return Prisma.sql`${row('LAB_TO_VET', columns)} FROM lab l WHERE l.state = 'PENDING_VETTING' ${limited(Prisma.sql`l.created_at, l.id`)}`;
}

/** Journal rows that are older than the sealer may be late. Rows are sealed in their order, so the newest seal says where it stands. */
function unsealed(before: Date): Branch {
  const columns = {
    id: Prisma.sql`'00000000-0000-0000-0000-000000000000'::uuid`,
    since: Prisma.sql`min(j.at)`,
    count: Prisma.sql`count(*)`,
  };
  return Prisma.sql`${row('BOOKS_UNSEALED', columns)} FROM journal_entry j
    WHERE j.at < ${before} AND j.id > coalesce((SELECT i.subject_id::bigint FROM seal_item i WHERE i.kind = 'JOURNAL' ORDER BY i.seq DESC LIMIT 1), 0)
    HAVING count(*) > 0`;
}
