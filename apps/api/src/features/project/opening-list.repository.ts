import { Prisma, type Db } from '../../platform/prisma/database';
import type { OpeningWithRequirements, ProjectRecord } from './project.repository';

/** An opening as a list of published openings shows it: with what it requires, its project and its lab. Which works it evaluates is told to nobody here. */
export interface ListedOpening extends OpeningWithRequirements {
  readonly project: Pick<
    ProjectRecord,
    'id' | 'title' | 'summary' | 'taskFamily' | 'unpaidParts' | 'monitoring' | 'contentWarning'
  >;
  readonly lab: {
    readonly id: string;
    readonly name: string;
    readonly country: string;
    readonly website: string | null;
    readonly vettedAt: Date | null;
  };
}

/** Openings by their ids, newest first, in one statement; row-level security says which the reader sees. */
export async function openingsListed(db: Db, ids: readonly string[]): Promise<ListedOpening[]> {
  if (ids.length === 0) return [];
  return listed(db, Prisma.sql`SELECT o.* FROM opening o WHERE o.id = ANY(${[...ids]}::uuid[])`);
}

/** Runs the list's statement over the openings that a SELECT of whole opening rows chooses. */
export async function listed(db: Db, chosen: Prisma.Sql): Promise<ListedOpening[]> {
  const rows = await db.$queryRaw<ListedRow[]>(listStatement(chosen));
  return rows.map(({ labVettedAt, lab, ...row }) => ({ ...row, lab: { ...lab, vettedAt: labVettedAt } }));
}

type ListedRow = Omit<ListedOpening, 'lab'> & {
  readonly lab: Omit<ListedOpening['lab'], 'vettedAt'>;
  readonly labVettedAt: Date | null;
};

/** The list's one statement: hot, so nothing in it is asked a row at a time from outside. */
export function listStatement(chosen: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT o.id, o.project_id AS "projectId", o.lab_id AS "labId", o.title, o.description, o.rung, o.currency,
      o.rate_min_minor AS "rateMinMinor", o.rate_max_minor AS "rateMaxMinor", o.seats, o.seats_filled AS "seatsFilled",
      o.hours_per_week AS "hoursPerWeek", o.weeks, o.starts_on AS "startsOn", o.countries, o.state,
      o.is_onshore AS "isOnshore", o.needs_authorisation AS "needsAuthorisation", o.is_exclusive AS "isExclusive",
      o.overlap_hours AS "overlapHours", o.overlap_zone AS "overlapZone", o.overlap_from_minute AS "overlapFromMinute",
      o.overlap_to_minute AS "overlapToMinute", '{}'::text[] AS "evaluatedWorks",
      o.published_at AS "publishedAt", o.version, l.vetted_at AS "labVettedAt",
      (SELECT coalesce(json_agg(json_build_object('conceptId', s.concept_id, 'label', s.label, 'isRequired', s.is_required)
        ORDER BY s.is_required DESC, s.label), '[]') FROM opening_skill s WHERE s.opening_id = o.id) AS skills,
      (SELECT coalesce(json_agg(json_build_object('type', c.type, 'jurisdiction', c.jurisdiction,
        'issuers', c.issuers) ORDER BY c.type), '[]')
        FROM opening_credential c WHERE c.opening_id = o.id) AS credentials,
      (SELECT coalesce(json_agg(json_build_object('language', g.language, 'level', g.level) ORDER BY g.language), '[]')
        FROM opening_language g WHERE g.opening_id = o.id) AS languages,
      json_build_object('id', p.id, 'title', p.title, 'summary', p.summary, 'taskFamily', p.task_family,
        'unpaidParts', p.unpaid_parts, 'monitoring', p.monitoring, 'contentWarning', p.content_warning) AS project,
      json_build_object('id', l.id, 'name', l.name, 'country', l.country, 'website', l.website) AS lab
    FROM (${chosen}) o JOIN project p ON p.id = o.project_id JOIN lab l ON l.id = o.lab_id
    ORDER BY o.published_at DESC, o.id DESC`;
}
