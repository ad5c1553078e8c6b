import { ok, refuse, type Result } from '../result/result';
import { isCountry } from '../country/country';
import { CEFR_LEVELS, isDate } from '../credential/credential-types';
import { wrongField } from './resume-fields';

/** A profile as an import proposes it; nothing of it is proven. */
export interface ProfileDraft {
  readonly headline: string;
  readonly bio: string;
  readonly country: string | null;
  readonly skills: string[];
  readonly languages: { language: string; level: string }[];
  readonly affiliations: {
    organisation: string;
    title: string;
    startsOn: string | null;
    endsOn: string | null;
  }[];
  readonly evidence: {
    kind: 'WORK' | 'EDUCATION' | 'PUBLICATION' | 'PROJECT';
    title: string;
    text: string;
  }[];
  /** Parts of the file that have no place here. */
  readonly leftOut: string[];
}

type Item = Record<string, unknown>;
const KNOWN = [
  '$schema',
  'basics',
  'work',
  'education',
  'skills',
  'languages',
  'publications',
  'projects',
  'meta',
];

/** Reads a JSON Resume (jsonresume.org, schema 1.0). Refuses a file that is not one, naming the part; lists what it leaves out. */
export function fromJsonResume(text: string): Result<ProfileDraft> {
  const about = { field: 'resume' };
  if (text.length > 500_000) return refuse('RESUME_TOO_LARGE', 'The file is larger than 500 kB.', about);
  let resume: Item;
  try {
    resume = JSON.parse(text) as Item;
  } catch {
    return refuse('RESUME_NOT_JSON', 'The file is not JSON. Export it again as JSON Resume.', about);
  }
  if (typeof resume !== 'object' || resume === null || Array.isArray(resume))
    return refuse('RESUME_SHAPE', 'A JSON Resume is an object with basics, work, skills.', about);
  for (const part of KNOWN.slice(2, 8)) {
    if (resume[part] !== undefined && !isItems(resume[part]))
      return refuse('RESUME_SHAPE', `The part ${part} must be a list of objects.`, about);
  }
  const wrong = wrongField(resume);
  if (wrong !== undefined) return refuse('RESUME_FIELD', `In the file, ${wrong}.`, about);
  const items = (part: string) => (resume[part] as Item[] | undefined) ?? [];
  const basics = (resume.basics ?? {}) as Item;
  const work = items('work');
  return ok({
    headline: text120(basics.label),
    bio: string(basics.summary).slice(0, 4000),
    country: countryOf((basics.location as Item | undefined)?.countryCode),
    skills: unique(
      items('skills').flatMap((skill) => [string(skill.name), ...strings(skill.keywords)]),
    ).slice(0, 100),
    languages: items('languages')
      .filter((each) => string(each.language) !== '')
      .map((each) => ({ language: string(each.language), level: levelOf(string(each.fluency)) })),
    affiliations: work
      .filter((each) => organisationOf(each) !== '')
      .map((each) => ({
        organisation: organisationOf(each),
        title: text120(each.position),
        startsOn: dayOf(each.startDate),
        endsOn: dayOf(each.endDate),
      })),
    evidence: [
      ...work.map((each) =>
        evidence('WORK', `${string(each.position)}, ${organisationOf(each)}`, [
          each.summary,
          ...strings(each.highlights),
        ]),
      ),
      ...items('education').map((each) =>
        evidence(
          'EDUCATION',
          `${string(each.studyType)} ${string(each.area)}, ${string(each.institution)}`,
          strings(each.courses),
        ),
      ),
      ...items('publications').map((each) =>
        evidence('PUBLICATION', string(each.name), [each.summary, each.publisher]),
      ),
      ...items('projects').map((each) =>
        evidence('PROJECT', string(each.name), [each.description, ...strings(each.highlights)]),
      ),
    ].slice(0, 100),
    leftOut: Object.keys(resume).filter((part) => !KNOWN.includes(part)),
  });
}

function isItems(part: unknown): part is Item[] {
  return (
    Array.isArray(part) &&
    part.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
  );
}

function string(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(string).filter((each) => each !== '') : [];
}

function text120(value: unknown): string {
  return string(value).slice(0, 120);
}

function unique(values: string[]): string[] {
  return [...new Set(values.filter((value) => value !== '').map((value) => value.slice(0, 80)))];
}

function organisationOf(item: Item): string {
  return text120(item.name ?? item.company);
}

function countryOf(value: unknown): string | null {
  const code = string(value).toUpperCase();
  return isCountry(code) ? code : null;
}

function levelOf(fluency: string): string {
  const upper = fluency.toUpperCase();
  const named = CEFR_LEVELS.find((level) => upper.includes(level));
  if (named) return named;
  if (/native|mother/i.test(fluency)) return 'NATIVE';
  if (/fluent|full professional/i.test(fluency)) return 'C1';
  return /professional|advanced/i.test(fluency) ? 'B2' : 'B1';
}

/** JSON Resume allows 2014, 2014-06 and 2014-06-29. */
function dayOf(value: unknown): string | null {
  const text = string(value);
  const day = text + '-01-01'.slice(text.length - 4 > 5 ? 6 : text.length - 4);
  return isDate(day) ? day : null;
}

function evidence(kind: ProfileDraft['evidence'][number]['kind'], title: string, parts: unknown[]) {
  return {
    kind,
    title: title.replace(/^[,\s]+|[,\s]+$/g, '').slice(0, 200) || kind,
    text: parts
      .map(string)
      .filter((part) => part !== '')
      .join('\n')
      .slice(0, 4000),
  };
}
