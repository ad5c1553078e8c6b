// A made-up market to measure speed on: occupations, experts of sixty words each and openings, from seeds. An expert is made whenever
// they are asked for, so that a million of them take no memory.
import { chance, wordOf, zipf } from './words.mjs';

const VOCABULARY = 100_000;
const OCCUPATIONS = 3000;
const NAMES_EACH = 5;
const SKILLS = 5000;
const EMPLOYERS = 20_000;
const LEVELS_OF_WORK = ['senior', 'lead', 'junior', 'chief', 'freelance'];
const COUNTRIES = [
  'US',
  'IN',
  'GB',
  'DE',
  'KE',
  'PH',
  'BR',
  'NG',
  'RO',
  'CA',
  'FR',
  'ES',
  'PL',
  'ZA',
  'MX',
  'EG',
];
const LANGUAGES = ['English', 'Spanish', 'German', 'French', 'Hindi', 'Portuguese', 'Romanian', 'Swahili'];
const LANGUAGE_LEVELS = ['B1', 'B2', 'C1', 'C2', 'NATIVE'];
/** The first are those that most have. */
const CREDENTIALS = ['DEGREE', 'RN_LICENSE', 'PE_LICENSE', 'CPA', 'US_MEDICAL_LICENSE', 'US_BAR_ADMISSION'];
const JURISDICTIONS = ['US-CA', 'US-NY', 'US-TX', 'GB', 'DE'];
const STATES = ['VERIFIED', 'VERIFIED', 'VERIFIED', 'VERIFIED', 'EXPIRING', 'SUBMITTED', 'DRAFT'];
const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

const words = Array.from({ length: VOCABULARY }, (_, number) => wordOf(number));
const byZipf = zipf(VOCABULARY);
const skills = Array.from({ length: SKILLS }, (_, number) => {
  const from = chance(7_000_000 + number);
  return Array.from({ length: 1 + from.below(2) }, () => words[50 + from.below(5000)]).join(' ');
});
const skillByZipf = zipf(SKILLS);
const names = Array.from({ length: OCCUPATIONS * NAMES_EACH }, (_, number) => {
  const from = chance(8_000_000 + number);
  return Array.from({ length: 2 + from.below(2) }, () => words[20 + from.below(3000)]).join(' ');
});

/** The occupations of the market, each with other names and two groups above it. */
export const occupations = Array.from({ length: OCCUPATIONS }, (_, number) => ({
  id: `occupation-${String(number).padStart(4, '0')}`,
  label: names[number * NAMES_EACH],
  aliases: names.slice(number * NAMES_EACH + 1, (number + 1) * NAMES_EACH),
  description: textOf(chance(9_000_000 + number), 25),
  groups: [`group-${number % 400}`, `sector-${number % 40}`],
  isRegulated: number % 20 === 0,
}));

/** Experts by place, in the order of their ids. Those who are asked for again are kept: a product has its documents at hand. */
export function experts(length) {
  const [asked, kept] = [new Uint8Array(length), new Map()];
  const at = (place) => {
    if (kept.has(place)) return kept.get(place);
    const made = expert(place);
    if (asked[place]) kept.set(place, made);
    asked[place] = 1;
    return made;
  };
  return { length, at };
}

/** The expert at a place: headline, bio, skills and evidence have about sixty words together. */
export function expert(place) {
  const from = chance(place);
  const headline = titleOf(from);
  const country = lowOf(from, COUNTRIES);
  return {
    id: idOf(place),
    headline,
    bio: textOf(from, 26),
    titles: from.isIn(0.4) ? [titleOf(from)] : [],
    skills: listOf(from, 4 + from.below(5), () => skills[skillByZipf(from)]),
    evidence: Array.from({ length: from.below(4) }, () => ({
      title: textOf(from, 4),
      text: textOf(from, 9),
    })),
    languages: languagesOf(from),
    country,
    hoursPerWeek: from.isIn(0.9) ? 5 + from.below(36) : undefined,
    minimumRateMinor: from.isIn(0.9) ? BigInt(1500 + 100 * from.below(100)) : undefined,
    rateCurrency: 'USD',
    isVisible: from.isIn(0.97),
    isActive: from.isIn(0.99),
    employers: from.isIn(0.7) ? [`Employer ${from.below(EMPLOYERS)}`] : [],
    ...tiesOf(from, country),
    credentials: listOf(from, from.below(4), () => credentialOf(from)),
  };
}

/** An opening that asks for everything, with an advert of 120 different words. */
export function opening(number) {
  const from = chance(5_000_000 + number);
  const title = titleOf(from);
  const wanted = listOf(from, 8, () => skills[skillByZipf(from)]);
  const said = new Set([title, ...wanted].join(' ').split(' '));
  const described = [];
  while (said.size < ADVERT_WORDS) {
    const word = words[byZipf(from)];
    if (!said.has(word)) described.push(word);
    said.add(word);
  }
  return {
    id: `opening-${String(number).padStart(5, '0')}`,
    title,
    description: described.join(' '),
    titles: [],
    skills: wanted.map((label, at) => ({ label, isRequired: at < 5 })),
    credentials: [wantedCredential(from)],
    languages: [{ language: 'English', level: from.one(['B1', 'B2', 'C1']) }],
    countries: COUNTRIES.slice(0, 4 + from.below(COUNTRIES.length - 4)),
    currency: 'USD',
    rateMaxMinor: BigInt(5000 + 100 * from.below(100)),
    hoursPerWeek: 10 + from.below(21),
    firstDay: new Date(FIRST_DAY),
    lastDay: new Date(FIRST_DAY + (200 + from.below(200)) * DAY_MS),
    ...BOUND,
    overlap: { ...WINDOWS[number % WINDOWS.length], leastHours: 5 },
    evaluatedWorks: [textOf(from, 4), textOf(from, 4)],
    competitors: [`Employer ${from.below(EMPLOYERS)}`, `Employer ${from.below(EMPLOYERS)}`],
  };
}

const ADVERT_WORDS = 120;
const BOUND = { labId: 'lab-0', isExclusive: false, needsAuthorisation: true };
const ZONES = ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'America/Los_Angeles', 'Africa/Nairobi'];
const WINDOWS = ZONES.map((timeZone) => ({ timeZone, fromMinute: 8 * 60, toMinute: 18 * 60 }));
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** When somebody works, where they may, and for whom. */
function tiesOf(from, country) {
  const start = 6 + from.below(6);
  return {
    authorisedIn: from.isIn(0.9) ? [country] : [],
    schedule: {
      timeZone: from.one(ZONES),
      days: WEEK.slice(0, 5 + from.below(3)),
      fromMinute: start * 60,
      toMinute: (start + 8) * 60,
    },
    engagedBy: from.isIn(0.1) ? [{ labId: `lab-${from.below(500)}`, isExclusive: from.isIn(0.2) }] : [],
  };
}

/** Everything that an expert says, as one text: what is given to a full-text search. */
export function textOfExpert({ headline, bio, titles, skills: own, evidence }) {
  return [headline, bio, ...titles, ...own, ...evidence.flatMap(({ title, text }) => [title, text])].join(
    ' ',
  );
}

/** Everything that an opening says, as one text. */
export function textOfOpening({ title, description, skills: wanted }) {
  return [title, description, ...wanted.map(({ label }) => label)].join(' ');
}

function idOf(place) {
  return `expert-${String(place).padStart(9, '0')}`;
}

function textOf(from, length) {
  let text = words[byZipf(from)];
  for (let at = 1; at < length; at++) text += ` ${words[byZipf(from)]}`;
  return text;
}

function titleOf(from) {
  const name = from.one(names);
  return from.isIn(0.3) ? `${from.one(LEVELS_OF_WORK)} ${name}` : name;
}

function listOf(from, length, make) {
  return Array.from({ length }, make);
}

/** One of a list; the first come more often. */
function lowOf(from, list) {
  return list[Math.floor(list.length * (from.below(1000) / 1000) ** 2)];
}

function languagesOf(from) {
  const spoken = from.isIn(0.85) ? ['English'] : [];
  if (from.isIn(0.6)) spoken.push(LANGUAGES[1 + from.below(LANGUAGES.length - 1)]);
  return spoken.map((language) => ({ language, level: from.one(LANGUAGE_LEVELS) }));
}

/** One of the kinds, in one place or anywhere. */
function wantedCredential(from) {
  const jurisdiction = from.isIn(0.3) ? lowOf(from, JURISDICTIONS) : null;
  return { type: lowOf(from, CREDENTIALS), label: 'A credential', jurisdiction };
}

function credentialOf(from) {
  return {
    id: 'credential',
    type: lowOf(from, CREDENTIALS),
    label: 'A credential',
    jurisdiction: lowOf(from, JURISDICTIONS),
    state: from.one(STATES),
    expiresOn: from.isIn(0.3) ? null : new Date(FIRST_DAY + from.below(1500) * DAY_MS),
  };
}
