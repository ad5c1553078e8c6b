import { credentialWords, groupedBy, issuerOf } from '@tallystick/domain';
import {
  declarationKey,
  NEWCOMER_WEEKS,
  type DeclaredConflict,
  type ExpertDocument,
  type OpeningDocument,
  type Schedule,
} from '@tallystick/matching';
import type { Db } from '../../platform/prisma/database';
import { credentialsOf, type CredentialRecord } from '../credential/credential.public';
import {
  findActiveExperts,
  findExpert,
  findExperts,
  listActiveExperts,
  listsOf,
  type ExpertRecord,
  type ProfileLists,
} from '../expert/expert.public';
import { competitorsOf } from '../lab/lab.public';
import { openingsWith, type OpeningWithRequirements } from '../project/project.public';
import { declaredConflicts } from './conflict.repository';
import { runningEngagements } from './eligibility.repository';
import { trackRecords, type TrackRecord } from './track-record.repository';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const HOUR_SECONDS = 3600;

/** Every expert as matching reads them. Names do not go with them. */
export async function expertDocuments(db: Db, now: Date): Promise<ExpertDocument[]> {
  return documentsOf(db, await listActiveExperts(db), now);
}

/** Those of some experts who are active, as matching reads them, in the order of their ids. */
export async function activeExpertDocuments(
  db: Db,
  ids: readonly string[],
  now: Date,
): Promise<ExpertDocument[]> {
  return documentsOf(db, await findActiveExperts(db, ids), now);
}

/** One expert as matching reads them, whatever their state; undefined where there is none. */
export async function findExpertDocument(db: Db, id: string, now: Date): Promise<ExpertDocument | undefined> {
  const expert = await findExpert(db, id);
  return expert ? (await documentsOf(db, [expert], now))[0] : undefined;
}

/** Some experts as matching reads them, whatever their state. */
export async function findExpertDocuments(
  db: Db,
  ids: readonly string[],
  now: Date,
): Promise<ExpertDocument[]> {
  return documentsOf(db, await findExperts(db, ids), now);
}

async function documentsOf(db: Db, experts: readonly ExpertRecord[], now: Date): Promise<ExpertDocument[]> {
  const ids = experts.map(({ id }) => id);
  const lists = await listsOf(db, ids);
  const credentials = groupedBy(await credentialsOf(db, ids), ({ expertId }) => expertId);
  const engagements = groupedBy(await runningEngagements(db, ids), ({ expertId }) => expertId);
  const declared = groupedBy(await declaredConflicts(db, ids), ({ expertId }) => expertId);
  const records = await trackRecords(db, ids);
  const none: ProfileLists = { skills: [], languages: [], affiliations: [], evidence: [] };
  return experts.map((expert) => ({
    ...expertDocument(expert, lists.get(expert.id) ?? none, credentials.get(expert.id) ?? [], now),
    engagedBy: (engagements.get(expert.id) ?? []).map(({ labId, isExclusive }) => ({ labId, isExclusive })),
    engagedHours: hoursOf(engagements.get(expert.id) ?? []),
    ...declaredOf(declared.get(expert.id)),
    ...workOf(records.get(expert.id)),
  }));
}

function expertDocument(
  expert: ExpertRecord,
  lists: ProfileLists,
  credentials: readonly CredentialRecord[],
  now: Date,
): ExpertDocument {
  const current = lists.affiliations.filter(({ endsOn }) => endsOn === null || endsOn > now);
  return {
    id: expert.id,
    headline: expert.headline,
    bio: expert.bio,
    titles: current.map(({ title }) => title).filter((title) => title !== ''),
    skills: lists.skills.map(({ label }) => label),
    evidence: lists.evidence.map(({ id, title, text }) => ({ id, title, text })),
    languages: lists.languages,
    country: expert.country,
    hoursPerWeek: expert.hoursPerWeek,
    minimumRateMinor: expert.minimumRateMinor,
    rateCurrency: expert.rateCurrency,
    isVisible: expert.isVisibleToLabs,
    isActive: expert.state === 'ACTIVE',
    employers: current.map(({ organisation }) => organisation),
    authorisedIn: expert.authorisedIn,
    schedule: scheduleOf(expert),
    credentials: credentials.map(({ id, type, claim, jurisdiction, state, expiresOn }) => ({
      id,
      type,
      label: credentialWords({ type }),
      jurisdiction,
      issuer: issuerOf(claim),
      state,
      expiresOn,
    })),
  };
}

/** Hours a week that running work may take. */
function hoursOf(engagements: readonly { readonly weeklyCapSeconds: number }[]): number {
  return engagements.reduce((sum, { weeklyCapSeconds }) => sum + weeklyCapSeconds, 0) / HOUR_SECONDS;
}

/** What is said last of a pair counts, however its names are written. */
function declaredOf(found: readonly DeclaredConflict[] | undefined): Partial<ExpertDocument> {
  if (!found) return {};
  const byPair = new Map(
    found.map(({ labId, organisation, competitor, standing, declaredAt }) => {
      const each = { labId, organisation, competitor, standing, declaredAt };
      return [declarationKey(each), each] as const;
    }),
  );
  return { declared: [...byPair.values()] };
}

function workOf(record: TrackRecord | undefined): Partial<ExpertDocument> {
  if (!record) return {};
  const { quality, timeliness, exposure, weeks } = record;
  return { quality, timeliness, exposure, isNewcomer: weeks < NEWCOMER_WEEKS };
}

function scheduleOf({
  timeZone,
  workDays,
  workFromMinute,
  workToMinute,
}: ExpertRecord): Schedule | undefined {
  return workDays.length === 0
    ? undefined
    : { timeZone, days: workDays, fromMinute: workFromMinute, toMinute: workToMinute };
}

/** The days of work that are asked about, where they are not those of the opening. */
export interface AskedDays {
  readonly startsOn?: Date;
  readonly lastDay?: Date;
}

/** Openings as matching reads them. */
export async function openingDocuments(
  db: Db,
  ids: readonly string[],
  now: Date,
  { startsOn, lastDay }: AskedDays = {},
): Promise<(OpeningDocument & { labId: string; isOpen: boolean })[]> {
  const openings = await openingsWith(db, { ids });
  const labIds = [...new Set(openings.map(({ labId }) => labId))];
  const competitors = await competitorsOf(db, labIds);
  return openings.map((opening) => {
    const { labId } = opening;
    return {
      ...openingDocument({ ...opening, startsOn: startsOn ?? opening.startsOn }, now),
      ...(lastDay && { lastDay }),
      competitors: competitors.get(labId) ?? [],
      labId,
      isOpen: opening.state === 'OPEN',
    };
  });
}

function openingDocument(opening: OpeningWithRequirements, now: Date): OpeningDocument {
  const { id, title, description, skills, currency, rateMaxMinor, hoursPerWeek, languages, weeks } = opening;
  // Whole days: what an opening asks is the same all day long.
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const firstDay = new Date(Math.max(opening.startsOn.getTime(), today));
  const { countries, isOnshore, needsAuthorisation, isExclusive, evaluatedWorks } = opening;
  return {
    ...{ id, title, description, titles: [], skills, languages, currency, rateMaxMinor, hoursPerWeek },
    ...{ countries, isOnshore, needsAuthorisation, isExclusive, evaluatedWorks },
    credentials: opening.credentials.map(({ type, jurisdiction, issuers }) => ({
      type,
      jurisdiction,
      issuers,
      label: credentialWords({ type }),
    })),
    overlap: overlapOf(opening),
    firstDay,
    lastDay: new Date(firstDay.getTime() + weeks * WEEK_MS),
  };
}

function overlapOf(opening: OpeningWithRequirements): OpeningDocument['overlap'] {
  const { overlapHours, overlapZone, overlapFromMinute, overlapToMinute } = opening;
  return overlapHours === 0
    ? undefined
    : {
        leastHours: overlapHours,
        timeZone: overlapZone,
        fromMinute: overlapFromMinute,
        toMinute: overlapToMinute,
      };
}
