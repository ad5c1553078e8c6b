import { conflictOf, CREDENTIAL_TYPES, dayWords, isCredentialType, isProvenUntil } from '@tallystick/domain';
import { Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import { credentialsOf } from '../credential/credential.public';
import { findExpert, listsOf } from '../expert/expert.public';
import { competitorsOf } from '../lab/lab.public';
import { openingsWith } from '../project/project.public';

const WEEK_MS = 7 * 86_400_000;

/**
 * The gates once more, from the database and not from the index, at the moment that they matter. Refuses with the first
 * gate that does not hold: SUSPENDED, CREDENTIAL_MISSING, CONFLICT_OF_INTEREST, COUNTRY_NOT_ALLOWED.
 */
export async function checkGates(db: Db, openingId: string, expertId: string, now: Date): Promise<void> {
  const expert = await findExpert(db, expertId);
  const [opening] = await openingsWith(db, { ids: [openingId] });
  if (!expert || !opening || expert.state !== 'ACTIVE')
    throw new Refused('SUSPENDED', 'This expert cannot be engaged at the moment.');
  const lastDay = new Date(Math.max(opening.startsOn.getTime(), now.getTime()) + opening.weeks * WEEK_MS);
  const credentials = await credentialsOf(db, [expertId]);
  for (const { type, jurisdiction } of opening.credentials) {
    const isProven = credentials.some(
      (each) =>
        each.type === type &&
        (!jurisdiction || each.jurisdiction === jurisdiction) &&
        isProvenUntil(each.state, each.expiresOn, lastDay),
    );
    const label = isCredentialType(type) ? CREDENTIAL_TYPES[type].label : type;
    if (!isProven)
      throw new Refused(
        'CREDENTIAL_MISSING',
        `${label}${jurisdiction ? ` for ${jurisdiction}` : ''} must be verified and valid until ${dayWords(lastDay)}.`,
      );
  }
  if (opening.countries.length > 0 && !opening.countries.includes(expert.country))
    throw new Refused('COUNTRY_NOT_ALLOWED', 'This work may not be done from the country in the profile.');
  const affiliations = (await listsOf(db, [expertId])).get(expertId)?.affiliations ?? [];
  const current = affiliations.map(({ organisation, endsOn }) => ({
    organisation,
    isCurrent: endsOn === null || endsOn > now,
  }));
  const conflict = conflictOf(await competitorsOf(db, opening.labId), current);
  if (conflict)
    throw new Refused(
      'CONFLICT_OF_INTEREST',
      'The expert now works for an organisation with which the lab is in conflict.',
    );
}
