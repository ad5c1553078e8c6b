import { isTimeZone } from '@tallystick/domain';
import type { CredentialFact, ExpertDocument, OpeningDocument } from '../documents';
import { Snapshot } from '../snapshot';
import { OccupationIndex } from '../taxonomy/occupation-index';
import type { Occupation } from '../taxonomy/taxonomy';
import { isLanguage, LANGUAGE_CODES, type LanguageCode } from '../text/tokens';

/** A line that cannot be read; its message names the file, the line and what is wrong. */
export class BrokenLine extends Error {}

const EXPERT_FIELDS = [
  ...['id', 'headline', 'bio', 'skills', 'titles', 'evidence', 'languages', 'country'],
  ...['credentials', 'hoursPerWeek', 'minimumRateMinor', 'rateCurrency', 'textLanguage'],
  ...['schedule', 'engagedHours', 'quality', 'timeliness'],
];
const OPENING_FIELDS = [
  ...['id', 'title', 'description', 'skills', 'titles'],
  ...['goodSkills', 'credentials', 'currency', 'hoursPerWeek', 'rateMaxMinor', 'textLanguage'],
  ...['languages', 'overlap', 'firstDay', 'lastDay'],
];

const DAY = 24 * 60;
const WEEK_HOURS = 168;
/** Running work may add up to more than a week has: it is capped one by one. */
const MOST_HOURS = 1000;

/** Documents of a file and the fields that it has beyond ours. */
export interface Read<T> {
  readonly documents: T[];
  readonly unknown: string[];
}

/** Reads experts, one JSON object a line. Throws BrokenLine. */
export function readExperts(text: string, file: string): Read<ExpertDocument> {
  return readLines(text, file, EXPERT_FIELDS, (line, fail) => ({
    id: idOf(line, fail),
    textLanguage: languageOfLine(line, fail),
    headline: textOf(line, 'headline', fail),
    bio: textOf(line, 'bio', fail),
    skills: textsOf(line, 'skills', fail),
    titles: textsOf(line, 'titles', fail),
    evidence: itemsOf(line, 'evidence', fail).map((item) => ({
      title: textOf(item, 'title', fail),
      text: textOf(item, 'text', fail),
    })),
    languages: languagesOf(line, fail),
    country: textOf(line, 'country', fail) || null,
    hoursPerWeek: hoursOf(line, fail),
    minimumRateMinor: minorOf(line, 'minimumRateMinor', fail),
    rateCurrency: textOf(line, 'rateCurrency', fail) || undefined,
    credentials: itemsOf(line, 'credentials', fail).map((item) => credentialOf(item, fail)),
    schedule: partOf(line, 'schedule', fail, (item) => ({
      timeZone: zoneOf(item, fail),
      days: daysOf(item, fail),
      fromMinute: numberOf(item, 'fromMinute', DAY, fail) ?? 0,
      toMinute: numberOf(item, 'toMinute', DAY, fail) ?? 0,
    })),
    engagedHours: numberOf(line, 'engagedHours', MOST_HOURS, fail),
    quality: numberOf(line, 'quality', 1, fail),
    timeliness: numberOf(line, 'timeliness', 1, fail),
  }));
}

/** Reads openings, one JSON object a line. Throws BrokenLine. */
export function readOpenings(text: string, file: string): Read<OpeningDocument> {
  return readLines(text, file, OPENING_FIELDS, (line, fail) => {
    const title = textOf(line, 'title', fail);
    if (title.trim() === '') fail('title is missing');
    return {
      id: idOf(line, fail),
      textLanguage: languageOfLine(line, fail),
      title,
      description: textOf(line, 'description', fail),
      titles: textsOf(line, 'titles', fail),
      skills: [
        ...textsOf(line, 'skills', fail).map((label) => ({ label, isRequired: true })),
        ...textsOf(line, 'goodSkills', fail).map((label) => ({ label, isRequired: false })),
      ],
      credentials: itemsOf(line, 'credentials', fail).map((item) => requiredOf(item, fail)),
      currency: textOf(line, 'currency', fail) || undefined,
      hoursPerWeek: hoursOf(line, fail),
      rateMaxMinor: minorOf(line, 'rateMaxMinor', fail),
      languages: languagesOf(line, fail),
      overlap: partOf(line, 'overlap', fail, (item) => ({
        timeZone: zoneOf(item, fail),
        fromMinute: numberOf(item, 'fromMinute', DAY, fail) ?? 0,
        toMinute: numberOf(item, 'toMinute', DAY, fail) ?? 0,
        leastHours: numberOf(item, 'leastHours', WEEK_HOURS, fail) ?? 0,
      })),
      firstDay: dateOf(line, 'firstDay', fail),
      lastDay: dateOf(line, 'lastDay', fail),
    };
  });
}

/** What a ranking is made of beside experts and openings. */
export interface RankSettings {
  readonly occupations?: readonly Occupation[];
  /** The language of all texts; found from each where it is not given. */
  readonly language?: LanguageCode;
  /** Explains the best of each opening, this many. */
  readonly explained?: number;
}

/** One opening's ranking. */
export interface RankedOpening {
  /** Lines of a TREC run file, `opening Q0 expert rank score tag`. */
  readonly lines: string;
  /** The best with their parts and reasons, one JSON object a line; empty where nothing is to be explained. */
  readonly explanations: string;
}

/** Ranks every expert for every opening. */
export function* rankOpenings(
  experts: readonly ExpertDocument[],
  openings: readonly OpeningDocument[],
  { occupations = [], language, explained = 0 }: RankSettings = {},
): Generator<RankedOpening> {
  const snapshot = new Snapshot(
    experts.map((expert) => ({ ...expert, textLanguage: expert.textLanguage ?? language })),
    new OccupationIndex(occupations),
  );
  for (const each of openings) {
    const opening = { ...each, textLanguage: each.textLanguage ?? language };
    const ranked = snapshot.rank(opening);
    const best = ranked.slice(0, explained).map(({ expertId }) => expertId);
    yield {
      lines: ranked
        .map(
          ({ expertId, score }, at) =>
            `${opening.id} Q0 ${expertId} ${at + 1} ${score.toFixed(9)} ${snapshot.model.id}\n`,
        )
        .join(''),
      explanations: best
        .map(
          (expertId) =>
            `${JSON.stringify({ snapshot: snapshot.id, ...snapshot.fitOf(expertId, opening) })}\n`,
        )
        .join(''),
    };
  }
}

type Line = Record<string, unknown>;
type Fail = (what: string) => never;

function readLines<T extends { id: string }>(
  text: string,
  file: string,
  known: readonly string[],
  read: (line: Line, fail: Fail) => T,
): Read<T> {
  const documents: T[] = [];
  const unknown = new Set<string>();
  const seen = new Set<string>();
  text.split('\n').forEach((raw, index) => {
    if (raw.trim() === '') return;
    const fail: Fail = (what) => {
      throw new BrokenLine(`${file}, line ${index + 1}: ${what}.`);
    };
    const line = parsed(raw, fail);
    for (const field of Object.keys(line)) if (!known.includes(field)) unknown.add(field);
    const document = read(line, fail);
    if (seen.has(document.id)) fail(`the id ${document.id} is there twice`);
    seen.add(document.id);
    documents.push(document);
  });
  if (documents.length === 0) throw new BrokenLine(`${file} has no lines.`);
  return { documents, unknown: [...unknown] };
}

function parsed(raw: string, fail: Fail): Line {
  try {
    const value: unknown = JSON.parse(raw.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Line;
  } catch {
    return fail('this is not JSON');
  }
  return fail('a line must be a JSON object');
}

function idOf(line: Line, fail: Fail): string {
  const id = typeof line.id === 'number' ? String(line.id) : line.id;
  if (typeof id !== 'string' || id === '') return fail('id is missing');
  return /\s/.test(id) ? fail('id must not contain spaces') : id;
}

function zoneOf(line: Line, fail: Fail): string {
  const zone = textOf(line, 'timeZone', fail);
  if (!isTimeZone(zone))
    fail(`timeZone is no time zone: "${zone.slice(0, 40)}". Write one like Europe/Bucharest`);
  return zone;
}

function textOf(line: Line, field: string, fail: Fail): string {
  const value = line[field] ?? '';
  return typeof value === 'string' ? value : fail(`${field} must be text`);
}

function languageOfLine(line: Line, fail: Fail): LanguageCode | undefined {
  const code = textOf(line, 'textLanguage', fail);
  if (code === '') return undefined;
  return isLanguage(code) ? code : fail(`textLanguage must be one of ${LANGUAGE_CODES.join(', ')}`);
}

function hoursOf(line: Line, fail: Fail): number | undefined {
  const value = line.hoursPerWeek ?? undefined;
  return value === undefined || (typeof value === 'number' && value >= 0)
    ? value
    : fail('hoursPerWeek must be a number');
}

/** An amount as it is exported: minor units in digits. */
function minorOf(line: Line, field: string, fail: Fail): bigint | undefined {
  const text = textOf(line, field, fail);
  if (text === '') return undefined;
  return /^\d{1,15}$/.test(text) ? BigInt(text) : fail(`${field} must be minor units, in digits`);
}

function languagesOf(line: Line, fail: Fail): { language: string; level: string }[] {
  return itemsOf(line, 'languages', fail).map((item) => ({
    language: textOf(item, 'language', fail),
    level: textOf(item, 'level', fail),
  }));
}

/** An object in a line; undefined where it is not there. */
function partOf<T>(line: Line, field: string, fail: Fail, read: (item: Line) => T): T | undefined {
  const value = line[field] ?? undefined;
  if (value === undefined) return undefined;
  return typeof value === 'object' && !Array.isArray(value)
    ? read(value as Line)
    : fail(`${field} must be an object`);
}

function numberOf(line: Line, field: string, most: number, fail: Fail): number | undefined {
  const value = line[field] ?? undefined;
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= most)
    ? value
    : fail(`${field} must be a number from 0 to ${most}`);
}

function daysOf(line: Line, fail: Fail): number[] {
  const value = line.days;
  return Array.isArray(value) && value.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
    ? (value as number[])
    : fail('days must be a list of numbers from 1 (Monday) to 7');
}

function dateOf(line: Line, field: string, fail: Fail): Date | undefined {
  const text = textOf(line, field, fail);
  if (text === '') return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? fail(`${field} must be a date`) : date;
}

/** Its kind, place, state and last day count for the score; whether it holds long enough is a gate, and gates are not ranked. */
function credentialOf(item: Line, fail: Fail): CredentialFact {
  const state = textOf(item, 'state', fail);
  return { ...requiredOf(item, fail), id: '', state, expiresOn: dateOf(item, 'expiresOn', fail) ?? null };
}

function requiredOf(item: Line, fail: Fail): { type: string; label: string; jurisdiction: string | null } {
  const type = textOf(item, 'type', fail);
  return { type, label: type, jurisdiction: textOf(item, 'jurisdiction', fail) || null };
}

function textsOf(line: Line, field: string, fail: Fail): string[] {
  const value = line[field] ?? [];
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? (value as string[])
    : fail(`${field} must be a list of texts`);
}

function itemsOf(line: Line, field: string, fail: Fail): Line[] {
  const value = line[field] ?? [];
  return Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null)
    ? (value as Line[])
    : fail(`${field} must be a list of objects`);
}
