import type { ExpertDocument, OpeningDocument } from '../documents';
import { pass, stop, type Gate } from './gate';

/** Levels of a language, lowest first. */
export const LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'NATIVE'];

/** Each language that is required, at its level or above. */
export function languageGates(expert: ExpertDocument, opening: OpeningDocument): Gate[] {
  return (opening.languages ?? []).map(({ language, level }) => {
    const own = expert.languages.find((each) => each.language.toLowerCase() === language.toLowerCase());
    if (!own)
      return stop(
        'LANGUAGE',
        'UNKNOWN',
        `${language} is not in the profile.`,
        `This work needs ${language} at ${level}. Add it to your profile if you speak it.`,
      );
    if (LEVELS.indexOf(own.level) >= LEVELS.indexOf(level))
      return pass('LANGUAGE', `${language} at ${own.level}; ${level} is asked for.`);
    return stop(
      'LANGUAGE',
      'FAIL',
      `${language} is at ${own.level}; ${level} is asked for.`,
      `This work needs ${language} at ${level}; your profile says ${own.level}.`,
    );
  });
}
