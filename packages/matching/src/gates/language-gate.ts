import type { OpeningDocument } from '../documents';
import { pass, stop, type GateOf } from './gate';

/** Levels of a language, lowest first. */
export const LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'NATIVE'];

/** Each language that is required, at its level or above. */
export function languageGates({ languages = [] }: OpeningDocument): GateOf[] {
  return languages.map(({ language, level }) => {
    const name = language.toLowerCase();
    const least = LEVELS.indexOf(level);
    return (expert) => {
      const own = expert.languages.find((each) => each.language.toLowerCase() === name);
      if (!own)
        return stop(
          'LANGUAGE',
          'UNKNOWN',
          `${language} is not in the profile.`,
          `This work needs ${language} at ${level}. Add it to your profile if you speak it.`,
        );
      if (LEVELS.indexOf(own.level) >= least)
        return pass('LANGUAGE', `${language} at ${own.level}; ${level} is asked for.`);
      return stop(
        'LANGUAGE',
        'FAIL',
        `${language} is at ${own.level}; ${level} is asked for.`,
        `This work needs ${language} at ${level}; your profile says ${own.level}.`,
      );
    };
  });
}
