import { clockOf } from '@tallystick/domain';
import type { OpeningDocument } from '../documents';
import { pass, stop, type GateOf } from './gate';
import { overlapWith } from './overlap';

/** Where the work may be done. Onshore work stays in the lab's own country. */
export function country({ countries, isOnshore }: OpeningDocument): GateOf {
  if (!countries || countries.length === 0) return () => undefined;
  const list = countries.join(', ');
  return ({ country: from }) => {
    if (!from)
      return stop(
        'COUNTRY',
        'UNKNOWN',
        'The country is not known.',
        'Say in your profile from which country you work.',
      );
    if (countries.includes(from)) return pass('COUNTRY', `Works from ${from}, which is allowed.`);
    return stop(
      'COUNTRY',
      'FAIL',
      `Works from ${from}; ${isOnshore ? `the work stays in ${list}` : `allowed: ${list}`}.`,
      isOnshore
        ? `This work may not leave ${list}; your profile says ${from}.`
        : `This work may be done from ${list} only; your profile says ${from}.`,
    );
  };
}

/** Whether the expert may lawfully work where they work from, as they declare it. */
export function authorisation({ needsAuthorisation }: OpeningDocument): GateOf {
  if (!needsAuthorisation) return () => undefined;
  return ({ country: from, authorisedIn }) => {
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
  };
}

/** Hours a week in which both sides are at work, across their time zones, in every week of the work. */
export function overlap(opening: OpeningDocument): GateOf {
  const { overlap: wanted } = opening;
  if (!wanted) return () => undefined;
  const { leastHours } = wanted;
  const window = `${clockOf(wanted.fromMinute)} and ${clockOf(wanted.toMinute)}, Monday to Friday, in ${zoneName(wanted.timeZone)}`;
  const minutesOf = overlapWith(opening);
  return ({ schedule }) => {
    if (!schedule)
      return stop(
        'OVERLAP',
        'UNKNOWN',
        'Has not said when they work.',
        `This work needs ${leastHours} hours a week between ${window}. Say in your profile when you work.`,
      );
    const hours = Math.floor(minutesOf(schedule) / 60);
    const said = `At work ${hours} hours a week between ${window}; ${leastHours} are wanted.`;
    if (hours >= leastHours) return pass('OVERLAP', said);
    return stop(
      'OVERLAP',
      'FAIL',
      said,
      `This work needs ${leastHours} hours a week between ${window}; the hours in your profile share ${hours} with that.`,
    );
  };
}

function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}
