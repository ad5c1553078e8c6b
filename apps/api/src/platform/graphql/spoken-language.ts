import { languageNamed, NAME_LANGUAGE } from '@tallystick/domain';
import { z } from 'zod';

/** A language that somebody speaks or wants: kept by its English name, however it was written, so that both sides mean the same. */
export const spokenLanguage = z
  .string()
  .max(40)
  .transform((written, { addIssue }) => {
    const name = languageNamed(written);
    if (name === undefined) addIssue({ code: 'custom', message: NAME_LANGUAGE });
    return name ?? z.NEVER;
  });
