import { z } from 'zod/mini';
import { countryCode } from './countries';

// zod's compiled mode asks for `Function`, which the page's content security refuses.
z.config({ jitless: true });

/** Rules for what is typed into forms: `rules.object({ title: said('Give it a title.') })`. */
export { z as rules };

/** A text that must be there; takes what to do where it is not. */
export const said = (message: string, most = 5000) =>
  z
    .string()
    .check(z.trim(), z.minLength(1, message), z.maxLength(most, `At most ${most} characters fit here.`));

/** A whole number typed as text, between two bounds. */
export const wholeNumber = (least: number, most: number, what: string) =>
  z
    .string()
    .check(
      z.refine(
        (text) => /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most,
        `${what}: write a whole number from ${least} to ${most}.`,
      ),
    );

/** Countries by name, or by their two letters. */
export const countriesOrCodes = z
  .array(z.string())
  .check(
    z.refine(
      (names) => names.every((name) => countryCode(name) !== undefined),
      'Choose countries from the list, or write their two letters.',
    ),
  );
