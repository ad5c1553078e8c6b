/** Forms that say whom US tax rules see in an expert. */
export const TAX_FORMS = {
  W9: {
    name: 'W-9',
    about: 'For people whom the United States tax: citizens and residents.',
    /** The paper form's wording. Source: IRS Form W-9 (Rev. March 2024), Part II. */
    certification: [
      'Under penalties of perjury, I certify that:',
      '1. The number shown on this form is my correct taxpayer identification number (or I am waiting for a number to be issued to me); and',
      '2. I am not subject to backup withholding because (a) I am exempt from backup withholding, or (b) I have not been notified by the Internal Revenue Service (IRS) that I am subject to backup withholding as a result of a failure to report all interest or dividends, or (c) the IRS has notified me that I am no longer subject to backup withholding; and',
      '3. I am a U.S. citizen or other U.S. person; and',
      '4. The FATCA code(s) entered on this form (if any) indicating that I am exempt from FATCA reporting is correct.',
    ],
  },
  W8BEN: {
    name: 'W-8BEN',
    about: 'For people whom the United States do not tax.',
    /** The paper form's wording. Source: IRS Form W-8BEN (Rev. October 2021), Part III. */
    certification: [
      'Under penalties of perjury, I declare that I have examined the information on this form and to the best of my knowledge and belief it is true, correct, and complete. I further certify under penalties of perjury that:',
      'I am the individual that is the beneficial owner (or am authorized to sign for the individual that is the beneficial owner) of all the income or proceeds to which this form relates or am using this form to document myself for chapter 4 purposes;',
      'The person named on line 1 of this form is not a U.S. person;',
      'This form relates to (a) income not effectively connected with the conduct of a trade or business in the United States; (b) income effectively connected with the conduct of a trade or business in the United States but is not subject to tax under an applicable income tax treaty; (c) the partner’s share of a partnership’s effectively connected taxable income; or (d) the partner’s amount realized from the transfer of a partnership interest subject to withholding under section 1446(f);',
      'The person named on line 1 of this form is a resident of the treaty country listed on line 9 of the form (if any) within the meaning of the income tax treaty between the United States and that country; and',
      'For broker transactions or barter exchanges, the beneficial owner is an exempt foreign person as defined in the instructions.',
      'Furthermore, I authorize this form to be provided to any withholding agent that has control, receipt, or custody of the income of which I am the beneficial owner or any withholding agent that can disburse or make payments of the income of which I am the beneficial owner. I agree that I will submit a new form within 30 days if any certification made on this form becomes false.',
    ],
  },
} as const;

export type TaxFormKind = keyof typeof TAX_FORMS;

/** Where an expert's form stands. */
export interface TaxFormStanding {
  readonly kind: TaxFormKind;
  readonly state: 'MISSING' | 'SIGNED' | 'EXPIRED';
}

/** A form that was signed. */
export interface SignedTaxForm {
  readonly kind: string;
  readonly signedAt: Date;
  readonly expiresOn: Date | null;
}

/** The form of people who work from a country, ISO 3166. Who is taxed elsewhere than they live signs the other one. */
export function taxFormOf(country: string): TaxFormKind {
  return country === 'US' ? 'W9' : 'W8BEN';
}

/**
 * Why a form cannot be an expert's, by the country where they live (ISO 3166); undefined where it can. Who lives in the
 * United States is taxed there and cannot certify otherwise; a citizen who lives elsewhere signs the W-9.
 * Source: Instructions for Form W-8BEN, "Do not use Form W-8BEN".
 */
export function formMisfit(kind: TaxFormKind, country: string): string | undefined {
  return kind === 'W8BEN' && country === 'US'
    ? 'Form W-8BEN certifies that you are no US person, and you live in the United States: sign form W-9. If you have moved, say so on your page of bank details first.'
    : undefined;
}

/**
 * The last day on which a form is good: a W-8BEN runs to the end of the third year after it was signed, a W-9 has no end.
 * Source: Instructions for Form W-8BEN, "Expiration of Form W-8BEN".
 */
export function taxFormEnd(kind: TaxFormKind, signedAt: Date): Date | null {
  return kind === 'W9' ? null : new Date(Date.UTC(signedAt.getUTCFullYear() + 3, 11, 31));
}

/** Where an expert stands with the newest form that they signed; one that does not fit where they live now is none. */
export function taxFormStanding(
  country: string,
  newest: SignedTaxForm | undefined,
  now: Date,
): TaxFormStanding {
  const kind: TaxFormKind = newest?.kind === 'W9' ? 'W9' : 'W8BEN';
  if (!newest || formMisfit(kind, country)) return { kind: taxFormOf(country), state: 'MISSING' };
  const DAY_MS = 86_400_000;
  const isOver = newest.expiresOn !== null && newest.expiresOn.getTime() + DAY_MS <= now.getTime();
  return { kind, state: isOver ? 'EXPIRED' : 'SIGNED' };
}
