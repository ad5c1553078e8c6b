import type { Ethnicity, Sex } from '@tallystick/domain';
import type { EditProfileInput } from '../features/expert/use-cases/edit-profile';
import { claimsOf, type PlannedClaim } from './claims';
import type { Content, Field, Place, Speciality } from './content';
import { inTurn, Chance } from './random';

/** An expert as they will be made. */
export interface PlannedExpert {
  readonly number: number;
  readonly name: string;
  readonly email: string;
  readonly field: Field;
  readonly speciality: Speciality;
  /** Week of the history in which they sign up, from 0. */
  readonly joins: number;
  readonly profile: Omit<EditProfileInput, 'idempotencyKey'>;
  readonly claims: readonly PlannedClaim[];
  /** The groups that they say where they are asked; undefined where they leave it out. */
  readonly volunteers?: { readonly sex: Sex; readonly ethnicity?: Ethnicity };
}

const AT_HOME_IN_US = ['medicine', 'law', 'finance', 'engineering'];
const RATES: Record<string, readonly [number, number]> = {
  medicine: [70, 140],
  law: [70, 130],
  software: [40, 80],
  mathematics: [40, 75],
  physics: [40, 75],
  chemistry: [38, 70],
  biology: [38, 70],
  finance: [45, 95],
  language: [18, 38],
  education: [18, 36],
  engineering: [45, 90],
  data: [14, 60],
};

const EURO_COUNTRIES = new Set(['DE', 'FR', 'ES']);

const WORKING_DAYS = [1, 2, 3, 4, 5];
/** Office hours, evenings, weekends, or not said. */
const WORK_HOURS = [
  { days: WORKING_DAYS, fromMinute: 9 * 60, toMinute: 17 * 60 },
  { days: WORKING_DAYS, fromMinute: 18 * 60, toMinute: 23 * 60 },
  { days: [6, 7], fromMinute: 8 * 60, toMinute: 18 * 60 },
  undefined,
];

/** Plans experts, an equal share for each speciality. The same chance gives the same people. */
export function planExperts(content: Content, count: number, chance: Chance): PlannedExpert[] {
  const all = content.fields.flatMap((field) =>
    field.specialities.map((speciality) => ({ field, speciality })),
  );
  const names = new Set<string>();
  return Array.from({ length: count }, (_, number) => {
    // Neighbours are of different fields, so that a smaller world has every field too.
    const round = Math.floor(number / content.fields.length);
    const at = (number % content.fields.length) * 5 + (round % 5);
    const { field, speciality } = inTurn(all, at);
    const isAtHome = AT_HOME_IN_US.includes(field.id) && (chance.happens(0.75) || number === 0);
    const born = chance.pick(content.places);
    const lives = isAtHome ? (content.places[0] ?? born) : born;
    const name = freshName(born, names, chance);
    const email = `${ascii(name)}@example.org`;
    const person = { number, name, email, field, speciality };
    const [low, high] = RATES[field.id] ?? [30, 60];
    return {
      ...person,
      joins: number < 40 || chance.happens(0.6) ? 0 : chance.between(1, 11),
      profile: {
        displayName: name,
        country: lives.country,
        timeZone: lives.timeZone,
        authorisedIn: number % 10 === 9 ? [] : [lives.country],
        workHours: WORK_HOURS[number % WORK_HOURS.length],
        hoursPerWeek: chance.between(8, 30),
        minimumRateMinor: String(chance.between(low, high) * 100),
        rateCurrency: rateCurrencyOf(field, round, lives),
        isVisibleToLabs: chance.happens(0.95) || number === 0,
        languages: languagesOf(lives, born, field, chance),
        ...wordsOf(field, speciality, chance),
      },
      claims: claimsOf(name, field, speciality, lives.country, number, chance),
      volunteers: volunteeredBy(number),
    };
  });
}

/** Euro where one lives with it; every second engineer elsewhere says it in euro too, in which engineering is paid here. */
function rateCurrencyOf(field: Field, round: number, { country }: Place): 'EUR' | 'USD' {
  const asksInEuro = field.id === 'engineering' && round % 2 === 0;
  return EURO_COUNTRIES.has(country) || asksInEuro ? 'EUR' : 'USD';
}

const ANSWERED_SEX: readonly Sex[] = [
  ...Array<Sex>(7).fill('FEMALE'),
  ...Array<Sex>(7).fill('MALE'),
  'OTHER',
];
const ANSWERED_ETHNICITY: readonly Ethnicity[] = [
  ...['WHITE', 'WHITE', 'WHITE', 'WHITE', 'WHITE', 'WHITE', 'ASIAN', 'ASIAN', 'ASIAN'],
  ...['HISPANIC', 'HISPANIC', 'HISPANIC', 'BLACK', 'BLACK', 'SEVERAL'],
] as Ethnicity[];

/** What somebody volunteers follows from nothing else about them: the audit finds what chance and matching make of it. */
function volunteeredBy(number: number): PlannedExpert['volunteers'] {
  const own = new Chance(number);
  if (number === 0 || own.happens(0.2)) return undefined;
  const sex = own.pick(ANSWERED_SEX);
  return own.happens(0.1) ? { sex } : { sex, ethnicity: own.pick(ANSWERED_ETHNICITY) };
}

function freshName(place: Place, taken: Set<string>, chance: Chance): string {
  for (;;) {
    const [given, family] = [chance.pick(place.given), chance.pick(place.family)];
    const name = `${given} ${family}`;
    const others = place.given.filter((other) => other !== given);
    const full = taken.has(name) ? `${given} ${chance.pick(others)} ${family}` : name;
    if (taken.has(full)) continue;
    taken.add(full);
    return full;
  }
}

/** An address as a person would choose it. */
export function ascii(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .trim()
    .toLowerCase()
    .replace(/ +/g, '.');
}

function languagesOf(lives: Place, born: Place, field: Field, chance: Chance): EditProfileInput['languages'] {
  const spoken = new Map<string, 'NATIVE' | 'C2' | 'C1' | 'B2'>();
  spoken.set(born.language, 'NATIVE');
  if (!spoken.has('English')) spoken.set('English', chance.pick(['C2', 'C1', 'C1', 'B2'] as const));
  if (!spoken.has(lives.language)) spoken.set(lives.language, 'C1');
  if (field.id === 'language')
    for (const other of chance.some(['French', 'German', 'Spanish', 'Japanese', 'Arabic'], 2))
      if (!spoken.has(other)) spoken.set(other, chance.pick(['C2', 'C1'] as const));
  return [...spoken].map(([language, level]) => ({ language, level }));
}

type Words = Pick<EditProfileInput, 'headline' | 'bio' | 'skills' | 'affiliations' | 'evidence'>;

function wordsOf(field: Field, speciality: Speciality, chance: Chance): Words {
  const [first = '', second = '', third = ''] = chance.some(speciality.topics, 3);
  const years = chance.between(3, 24);
  const skills = chance.some(speciality.skills, chance.between(2, 4));
  const others = field.specialities.filter((each) => each !== speciality).flatMap((each) => each.skills);
  const organisation = chance.pick(field.org);
  const listed = [...skills, ...chance.some(field.general, 1), ...chance.some(others, chance.between(0, 2))];
  const [skill = '', otherSkill = ''] = skills;
  const rank = chance.pick(['', 'Senior ', 'Lead ', '']);
  return {
    headline: chance
      .pick([
        `${speciality.title}: ${first}`,
        `${speciality.title} with ${years} years in ${skill.toLowerCase()}`,
        `${rank}${speciality.title.toLowerCase()}, ${first} and ${second}`.trim(),
      ])
      .slice(0, 160),
    bio: [
      `I work as ${/^[aeiou]/i.test(speciality.title) ? 'an' : 'a'} ${speciality.title.toLowerCase()} and have done so for ${years} years, most of them at ${organisation}.`,
      chance.pick([
        `My daily work is ${first}; I also teach ${second}.`,
        `I am asked most often about ${first}, and I have written about ${second}.`,
        `What I like is the hard part of ${first}: where the textbook stops.`,
      ]),
      chance.pick([
        `Models get ${third} wrong in ways that sound right. I can say where, and why.`,
        `I have judged several hundred answers about ${third} and written rubrics for others.`,
        `I use ${skill.toLowerCase()} and ${otherSkill.toLowerCase()} each week.`,
      ]),
    ].join(' '),
    skills: [...new Set(listed)].map((label) => ({ label })),
    affiliations: affiliationsOf(
      field,
      speciality,
      `${rank}${speciality.title}`,
      organisation,
      years,
      chance,
    ),
    evidence: evidenceOf(field, speciality, [first, second, third], chance),
  };
}

function affiliationsOf(
  field: Field,
  speciality: Speciality,
  title: string,
  organisation: string,
  years: number,
  chance: Chance,
): EditProfileInput['affiliations'] {
  const since = 2026 - Math.min(years, chance.between(1, 9));
  const earlier = field.org.filter((each) => each !== organisation);
  const now = { organisation, title, startsOn: `${since}-0${chance.between(1, 9)}-01`, endsOn: null };
  if (earlier.length === 0 || chance.happens(0.4)) return [now];
  const before = {
    organisation: chance.pick(earlier),
    title: speciality.title,
    startsOn: `${since - chance.between(2, 6)}-09-01`,
    endsOn: `${since - 1}-12-31`,
  };
  return [now, before];
}

function evidenceOf(
  field: Field,
  speciality: Speciality,
  topics: readonly string[],
  chance: Chance,
): EditProfileInput['evidence'] {
  const [first = '', second = '', third = ''] = topics;
  const [skill = '', otherSkill = ''] = chance.some(speciality.skills, 2);
  const upper = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  const items: EditProfileInput['evidence'] = [
    {
      kind: 'PUBLICATION',
      title: chance.pick([
        `${upper(first)}: what we learned from ${chance.between(40, 900)} cases`,
        `Notes on ${first}`,
        `${upper(first)}, reconsidered`,
      ]),
      text: `A reviewed article on ${first}. It rests on ${skill.toLowerCase()} and names the errors that come back most often.`,
    },
    {
      kind: 'WORK',
      title: `${upper(second)} at ${chance.pick(field.org)}`,
      text: `Responsible for ${second}, from the first question to the signed result. Trained ${chance.between(2, 14)} colleagues in ${otherSkill.toLowerCase()}.`,
    },
    {
      kind: 'PROJECT',
      title: `A set of ${chance.between(60, 400)} graded questions about ${third}`,
      text: `Each question has a reference answer, a rubric and the mistake that it is meant to catch. ${skill} and ${otherSkill.toLowerCase()} are covered.`,
    },
    {
      kind: 'EDUCATION',
      title: chance.pick([
        `Doctorate in ${field.general[1]?.toLowerCase()}`,
        `Master of ${field.label.toLowerCase()}`,
      ]),
      text: `${chance.pick(field.school)}. Thesis on ${first}.`,
    },
  ];
  return chance.some(items, chance.between(2, 4));
}
