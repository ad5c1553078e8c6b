import { clockOf } from '@tallystick/domain';
import type { ExpertDocument, OpeningDocument } from '../documents';
import { pass, stop, type Gate } from './gate';
import { leastOverlap } from './overlap';

/** Where the work may be done. Onshore work stays in the lab's own country. */
export function country(expert: ExpertDocument, { countries, isOnshore }: OpeningDocument): Gate | undefined {
  if (!countries || countries.length === 0) return undefined;
  const list = countries.join(', ');
  if (!expert.country)
    return stop(
      'COUNTRY',
      'UNKNOWN',
      'The country is not known.',
      'Say in your profile from which country you work.',
    );
  if (countries.includes(expert.country))
    return pass('COUNTRY', `Works from ${expert.country}, which is allowed.`);
  return stop(
    'COUNTRY',
    'FAIL',
    `Works from ${expert.country}; ${isOnshore ? `the work stays in ${list}` : `allowed: ${list}`}.`,
    isOnshore
      ? `This work may not leave ${list}; your profile says ${expert.country}.`
      : `This work may be done from ${list} only; your profile says ${expert.country}.`,
  );
}

/** Whether the expert may lawfully work where they work from, as they declare it. */
export function authorisation(
  { country: from, authorisedIn }: ExpertDocument,
  { needsAuthorisation }: OpeningDocument,
): Gate | undefined {
  if (!needsAuthorisation) return undefined;
  const isKnown = authorisedIn !== undefined && authorisedIn.length > 0;
  if (!from || !isKnown)
    return stop(
      'AUTHORISATION',
      'UNKNOWN',
      'Has not said where they may lawfully work.',
      'This work asks for the right to work where you are. Say in your profile in which countries you have it.',
    );
  if (authorisedIn.includes(from))
    return pass('AUTHORISATION', `Declares the right to work in ${from}, without a permit from the lab.`);
  return stop(
    'AUTHORISATION',
    'FAIL',
    `Declares no right to work in ${from}, from where they work.`,
    `This work asks for the right to work where you are (${from}); your profile names ${authorisedIn.join(', ')} only.`,
  );
}

/** Hours a week in which both sides are at work, across their time zones, in every week of the work. */
export function overlap(expert: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  const { overlap: wanted } = opening;
  if (!wanted) return undefined;
  const window = `${clockOf(wanted.fromMinute)} to ${clockOf(wanted.toMinute)}, Monday to Friday, in ${zoneName(wanted.timeZone)}`;
  if (!expert.schedule)
    return stop(
      'OVERLAP',
      'UNKNOWN',
      'Has not said when they work.',
      `This work needs ${wanted.leastHours} hours a week between ${window}. Say in your profile when you work.`,
    );
  const hours = Math.floor(leastOverlap(expert.schedule, opening) / 60);
  if (hours >= wanted.leastHours)
    return pass(
      'OVERLAP',
      `At work ${hours} hours a week between ${window}; ${wanted.leastHours} are wanted.`,
    );
  return stop(
    'OVERLAP',
    'FAIL',
    `At work ${hours} hours a week between ${window}; ${wanted.leastHours} are wanted.`,
    `This work needs ${wanted.leastHours} hours a week between ${window}; the hours in your profile share ${hours} with that.`,
  );
}

function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}
