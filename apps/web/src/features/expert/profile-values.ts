import { clockOf, minuteOf } from '@tallystick/domain';
import { graphql } from '../../gql';
import type { EditProfileInput, MyProfileQuery } from '../../gql/graphql';
import { countryCode, countryName } from '../../lib/countries';
import { amountFault, minorOf, typed } from '../../lib/money';
import { countriesOrCodes, rules, said, wholeNumber } from '../../lib/rules';
import { daysOf } from '../../lib/work-hours';
import { conceptOf } from './skill-suggestions';

export const MyProfile = graphql(`
  query MyProfile {
    myProfile {
      id
      displayName
      headline
      bio
      country
      timeZone
      workHours {
        days
        fromMinute
        toMinute
      }
      authorisedIn
      hoursPerWeek
      isVisibleToLabs
      minimumRate {
        minor
        currency
      }
      skills {
        label
        conceptId
      }
      languages {
        language
        level
      }
      affiliations {
        organisation
        title
        startsOn
        endsOn
      }
      evidence {
        id
        kind
        title
        text
      }
    }
  }
`);

export type Profile = MyProfileQuery['myProfile'];

const day = (instant: string | null | undefined) => instant?.slice(0, 10) ?? '';

/** A profile as its form holds it. */
export function valuesOf(profile: Profile) {
  const { displayName, headline, bio, country, timeZone, isVisibleToLabs, minimumRate, workHours } = profile;
  return {
    displayName,
    headline,
    bio,
    country,
    timeZone,
    isVisibleToLabs,
    authorisedIn: profile.authorisedIn.map(countryName),
    workDays: workHours?.days.join('') ?? '',
    workFrom: clockOf(workHours?.fromMinute ?? 540),
    workTo: clockOf(workHours?.toMinute ?? 1020),
    hoursPerWeek: String(profile.hoursPerWeek),
    minimumRate: typed(minimumRate),
    currency: minimumRate.currency,
    skills: profile.skills.map(({ label }) => label),
    languages: profile.languages.map(({ language, level }) => ({ language, level })),
    affiliations: profile.affiliations.map(({ organisation, title, startsOn, endsOn }) => ({
      organisation,
      title,
      startsOn: day(startsOn),
      endsOn: day(endsOn),
    })),
    evidence: profile.evidence.map(({ kind, title, text }) => ({ kind, title, text })),
  };
}

export type ProfileValues = ReturnType<typeof valuesOf>;

/** What can be said wrong of a profile before it is sent. */
export const ProfileRules = rules
  .object({
    displayName: said('Write the name under which labs see you.', 120),
    headline: rules.string().check(rules.maxLength(160, 'A headline has at most 160 characters.')),
    bio: rules.string().check(rules.maxLength(4000, 'At most 4000 characters fit here.')),
    country: said('Choose the country from which you work.', 2),
    timeZone: rules.string(),
    isVisibleToLabs: rules.boolean(),
    authorisedIn: countriesOrCodes,
    workDays: rules.string(),
    workFrom: rules.string(),
    workTo: rules.string(),
    hoursPerWeek: wholeNumber(1, 60, 'Hours a week'),
    minimumRate: rules.string(),
    currency: rules.string(),
    skills: rules.array(rules.string()),
    languages: rules.array(
      rules.object({ language: said('Name the language, or take the row away.', 60), level: rules.string() }),
    ),
    affiliations: rules.array(
      rules.object({
        organisation: said('Name the organisation, or take it away.', 200),
        title: rules.string(),
        startsOn: rules.string(),
        endsOn: rules.string(),
      }),
    ),
    evidence: rules.array(
      rules.object({
        kind: rules.string(),
        title: said('Give it a title, or take it away.', 200),
        text: rules.string(),
      }),
    ),
  })
  .check((payload) => {
    const { minimumRate, currency } = payload.value;
    const fault = minimumRate.trim() === '' ? undefined : amountFault(minimumRate, currency);
    if (fault)
      payload.issues.push({ code: 'custom', message: fault, path: ['minimumRate'], input: payload.value });
  });

/** What the form holds, as it is written. */
export function inputOf(values: ProfileValues, idempotencyKey: string): EditProfileInput {
  const { minimumRate, currency, skills, affiliations, hoursPerWeek, authorisedIn, ...rest } = values;
  const { workDays, workFrom, workTo, ...own } = rest;
  return {
    ...own,
    hoursPerWeek: Number(hoursPerWeek),
    authorisedIn: authorisedIn.map((name) => countryCode(name) ?? name),
    workHours:
      workDays === ''
        ? null
        : { days: daysOf(workDays), fromMinute: minuteOf(workFrom), toMinute: minuteOf(workTo) },
    minimumRateMinor: minimumRate.trim() === '' ? '0' : minorOf(minimumRate, currency),
    rateCurrency: currency,
    skills: skills.map((label) => ({ label, conceptId: conceptOf(label) })),
    affiliations: affiliations.map(({ startsOn, endsOn, ...each }) => ({
      ...each,
      startsOn: startsOn || null,
      endsOn: endsOn || null,
    })),
    idempotencyKey,
  };
}
