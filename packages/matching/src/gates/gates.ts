import { dayWords, isProvenUntil, organisationKey } from '@tallystick/domain';
import type { ExpertDocument, OpeningDocument } from '../documents';

/** A hard condition. UNKNOWN is never a silent pass: it becomes a request for evidence. */
export interface Gate {
  readonly code: string;
  readonly outcome: 'PASS' | 'FAIL' | 'UNKNOWN';
  /** What the lab reads. */
  readonly forLab: string;
  /** What the expert reads: what is missing and how to mend it. */
  readonly forExpert: string;
}

/** Levels of a language, lowest first. */
export const LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'NATIVE'];

const pass = (code: string, sentence: string): Gate => ({
  code,
  outcome: 'PASS',
  forLab: sentence,
  forExpert: sentence,
});
const stop = (code: string, outcome: 'FAIL' | 'UNKNOWN', forLab: string, forExpert: string): Gate => ({
  code,
  outcome,
  forLab,
  forExpert,
});

/** Every gate of an opening for an expert. Assignable is only who passes all. */
export function gatesOf(expert: ExpertDocument, opening: OpeningDocument): Gate[] {
  return [
    standing(expert),
    ...credentials(expert, opening),
    ...languages(expert, opening),
    country(expert, opening),
    conflict(expert, opening),
    rate(expert, opening),
    hours(expert, opening),
  ].flatMap((gate) => gate ?? []);
}

/** True where every gate is passed. */
export function isEligible(gates: readonly Gate[]): boolean {
  return gates.every(({ outcome }) => outcome === 'PASS');
}

function standing(expert: ExpertDocument): Gate | undefined {
  if (expert.isActive === false)
    return stop(
      'SUSPENDED',
      'FAIL',
      'The account is suspended.',
      'Your account is suspended; the email that we sent says why and how to appeal.',
    );
  if (expert.isVisible === false)
    return stop(
      'CONSENT',
      'FAIL',
      'The expert does not consent to be shown.',
      'Your profile is hidden from labs. Turn on “Visible to labs” in your profile.',
    );
  return undefined;
}

function credentials(expert: ExpertDocument, opening: OpeningDocument): Gate[] {
  return (opening.credentials ?? []).map(({ type, label, jurisdiction }) => {
    const name = jurisdiction ? `${label} (${jurisdiction})` : label;
    const own = (expert.credentials ?? []).filter(
      (each) => each.type === type && (!jurisdiction || each.jurisdiction === jurisdiction),
    );
    const lastDay = opening.lastDay ?? new Date(0);
    const proven = own.find(({ state, expiresOn }) => isProvenUntil(state, expiresOn, lastDay));
    if (proven)
      return pass(
        'CREDENTIAL',
        `${name} is verified${proven.expiresOn ? `, valid until ${dayWords(proven.expiresOn)}` : ''}.`,
      );
    const day = dayWords(lastDay);
    if (own.some(({ state }) => state === 'SUBMITTED' || state === 'IN_REVIEW'))
      return stop(
        'CREDENTIAL',
        'UNKNOWN',
        `${name} is being verified.`,
        `Your ${name} is being verified. You can apply as soon as it is.`,
      );
    if (own.some(({ state }) => state === 'VERIFIED' || state === 'EXPIRING'))
      return stop(
        'CREDENTIAL',
        'FAIL',
        `${name} ends before ${day}.`,
        `Your ${name} ends before the work does (${day}). Add the renewed one under Credentials.`,
      );
    if (own.some(({ state }) => state === 'DRAFT'))
      return stop(
        'CREDENTIAL',
        'UNKNOWN',
        `${name} is not submitted.`,
        `Submit your ${name} under Credentials.`,
      );
    return stop(
      'CREDENTIAL',
      'FAIL',
      `${name} is missing.`,
      `This work requires a verified ${name}. Add it under Credentials.`,
    );
  });
}

function languages(expert: ExpertDocument, opening: OpeningDocument): Gate[] {
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

function country(expert: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  if (!opening.countries || opening.countries.length === 0) return undefined;
  const list = opening.countries.join(', ');
  if (!expert.country)
    return stop(
      'COUNTRY',
      'UNKNOWN',
      'The country is not known.',
      'Say in your profile from which country you work.',
    );
  if (opening.countries.includes(expert.country))
    return pass('COUNTRY', `Works from ${expert.country}, which is allowed.`);
  return stop(
    'COUNTRY',
    'FAIL',
    `Works from ${expert.country}; allowed: ${list}.`,
    `This work may be done from ${list} only; your profile says ${expert.country}.`,
  );
}

function conflict(expert: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  const competitors = new Set((opening.competitors ?? []).map(organisationKey));
  const at = (expert.employers ?? []).find((each) => competitors.has(organisationKey(each)));
  return at === undefined
    ? undefined
    : stop(
        'CONFLICT',
        'FAIL',
        'Works for an organisation that you named as a competitor.',
        `You work for ${at}, with which this lab is in conflict. It opens to you when that ends.`,
      );
}

function rate(expert: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  const { minimumRateMinor, rateCurrency } = expert;
  if (!minimumRateMinor || opening.rateMaxMinor === undefined || rateCurrency !== opening.currency)
    return undefined;
  if (minimumRateMinor <= opening.rateMaxMinor) return pass('RATE', 'The lowest rate is within the band.');
  return stop(
    'RATE',
    'FAIL',
    'Asks for more than the band.',
    'Your lowest rate is above what this work pays. Lower it in your profile if you would take it.',
  );
}

function hours(expert: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  if (expert.hoursPerWeek === undefined || opening.hoursPerWeek === undefined) return undefined;
  if (expert.hoursPerWeek * 2 >= opening.hoursPerWeek)
    return pass('HOURS', `Offers ${expert.hoursPerWeek} hours a week; ${opening.hoursPerWeek} are wanted.`);
  return stop(
    'HOURS',
    'FAIL',
    `Offers ${expert.hoursPerWeek} hours a week; ${opening.hoursPerWeek} are wanted.`,
    `This work wants ${opening.hoursPerWeek} hours a week; your profile offers ${expert.hoursPerWeek}. Raise it if you can.`,
  );
}
