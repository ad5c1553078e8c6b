import { CREDENTIAL_TYPES, isCredentialType } from '@tallystick/domain';
import type { ExpertDocument, OpeningDocument } from '@tallystick/matching';
import type { Db } from '../../platform/prisma/database';
import { credentialsOf, type CredentialRecord } from '../credential/credential.public';
import { listActiveExperts, listsOf, type ExpertRecord, type ProfileLists } from '../expert/expert.public';
import { competitorsOf } from '../lab/lab.public';
import { openingsWith, type OpeningWithRequirements } from '../project/project.public';

const WEEK_MS = 7 * 86_400_000;

/** Every expert as matching reads them. Names do not go with them. */
export async function expertDocuments(db: Db, now: Date): Promise<ExpertDocument[]> {
  const experts = await listActiveExperts(db);
  const ids = experts.map(({ id }) => id);
  const lists = await listsOf(db, ids);
  const credentials = new Map<string, CredentialRecord[]>();
  for (const each of await credentialsOf(db, ids))
    credentials.set(each.expertId, [...(credentials.get(each.expertId) ?? []), each]);
  const none: ProfileLists = { skills: [], languages: [], affiliations: [], evidence: [] };
  return experts.map((expert) =>
    expertDocument(expert, lists.get(expert.id) ?? none, credentials.get(expert.id) ?? [], now),
  );
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
    credentials: credentials.map(({ id, type, jurisdiction, state, expiresOn }) => ({
      id,
      type,
      label: labelOf(type),
      jurisdiction,
      state,
      expiresOn,
    })),
  };
}

/** Openings as matching reads them. */
export async function openingDocuments(
  db: Db,
  ids: readonly string[],
  now: Date,
): Promise<(OpeningDocument & { labId: string; isOpen: boolean })[]> {
  const openings = await openingsWith(db, { ids });
  const documents: (OpeningDocument & { labId: string; isOpen: boolean })[] = [];
  for (const opening of openings)
    documents.push({
      ...openingDocument(opening, now),
      competitors: await competitorsOf(db, opening.labId),
      labId: opening.labId,
      isOpen: opening.state === 'OPEN',
    });
  return documents;
}

function openingDocument(opening: OpeningWithRequirements, now: Date): OpeningDocument {
  const {
    id,
    title,
    description,
    skills,
    currency,
    rateMaxMinor,
    hoursPerWeek,
    countries,
    languages,
    weeks,
    startsOn,
  } = opening;
  const credentials = opening.credentials.map(({ type, jurisdiction }) => ({
    type,
    jurisdiction,
    label: labelOf(type),
  }));
  return {
    id,
    title,
    description,
    titles: [],
    skills,
    credentials,
    languages,
    countries,
    currency,
    rateMaxMinor,
    hoursPerWeek,
    lastDay: new Date(Math.max(startsOn.getTime(), now.getTime()) + weeks * WEEK_MS),
  };
}

function labelOf(type: string): string {
  return isCredentialType(type) ? CREDENTIAL_TYPES[type].label : type;
}
