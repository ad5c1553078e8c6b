import type { AskedText } from '@tallystick/matching';
import type { Db } from '../../../platform/prisma/database';

/** An expert as PostgreSQL finds them. */
export interface SearchRow {
  readonly expert_id: string;
  /** What the lexemes were made with. */
  readonly made_with: string;
  /** As PostgreSQL reads a text of lexemes. */
  readonly lexemes: string;
  readonly profile_length: number;
  readonly title_length: number;
  readonly piece_length: number;
  readonly item_lengths: readonly number[];
  /** Hours a week that running work may take. */
  readonly engaged_hours: number;
  readonly quality: number;
  readonly timeliness: number;
  readonly print_high: number;
  readonly print_low: number;
  /** The expert as matching reads them, in base64. */
  readonly document: string;
  readonly is_visible: boolean;
  readonly country: string;
  /** Minor units, in digits. */
  readonly rate_minor: string;
  readonly currency: string;
  readonly hours: number;
  readonly credential_keys: readonly string[];
  /** Last days, `2027-01-31` or `infinity`. */
  readonly credential_until: readonly string[];
  readonly undecided_keys: readonly string[];
  readonly languages: readonly string[];
  readonly language_levels: readonly number[];
}

/** What an opening asks by its plain gates. */
export interface PlainGates {
  /** Of each credential the keys of which any will do. */
  readonly credentials: readonly (readonly string[])[];
  readonly lastDay: string;
  readonly languages: readonly { readonly language: string; readonly level: number }[];
  readonly countries: readonly string[];
  readonly currency: string | null;
  readonly rateMax: string | null;
  readonly leastHours: number | null;
}

/** What an opening asks beside words. */
export interface PlainWishes {
  /** Highest rate, minor units. */
  readonly ceiling: string | null;
  readonly currency: string | null;
  /** Hours a week. */
  readonly wanted: number | null;
}

/** Someone who was found, as they are kept. */
export interface FoundExpert {
  readonly document: Uint8Array;
  readonly isCandidate: boolean;
  /** True for one of those whose words fit best of everybody. */
  readonly isLeader: boolean;
}

/** Who is searched: the sums of both halves of their prints, and how many they are. */
export interface SearchState {
  readonly high: bigint;
  readonly low: bigint;
  readonly experts: number;
}

/** Keeps experts as they are to be found, and lets those go who are not to be found any more. */
export async function replaceSearchRows(
  db: Db,
  ids: readonly string[],
  rows: readonly SearchRow[],
): Promise<void> {
  await db.$executeRaw`
    DELETE FROM expert_search WHERE expert_id = ANY(${[...ids]}::uuid[]) AND NOT expert_id = ANY(${rows.map((row) => row.expert_id)}::uuid[])`;
  if (rows.length === 0) return;
  await db.$executeRaw`
    INSERT INTO expert_search (expert_id, made_with, lexemes, is_visible, country, rate_minor, currency, hours,
      credential_keys, credential_until, undecided_keys, languages, language_levels, profile_length, title_length, piece_length, item_lengths,
      engaged_hours, quality, timeliness, print_high, print_low, document)
    SELECT expert_id, made_with, lexemes::tsvector, is_visible, country, rate_minor, currency, hours,
      credential_keys, credential_until, undecided_keys, languages, language_levels, profile_length, title_length, piece_length, item_lengths,
      engaged_hours, quality, timeliness, print_high, print_low, decode(document, 'base64')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS own (expert_id uuid, made_with text, lexemes text, is_visible boolean,
      country text, rate_minor bigint, currency text, hours int, credential_keys text[], credential_until date[], undecided_keys text[],
      languages text[], language_levels int[], profile_length real, title_length real, piece_length real, item_lengths real[],
      engaged_hours real, quality real, timeliness real, print_high bigint, print_low bigint, document text)
    ON CONFLICT (expert_id) DO UPDATE SET (made_with, lexemes, is_visible, country, rate_minor, currency, hours,
      credential_keys, credential_until, undecided_keys, languages, language_levels, profile_length, title_length, piece_length, item_lengths,
      engaged_hours, quality, timeliness, print_high, print_low, document) = (excluded.made_with, excluded.lexemes, excluded.is_visible,
      excluded.country, excluded.rate_minor, excluded.currency, excluded.hours, excluded.credential_keys,
      excluded.credential_until, excluded.undecided_keys, excluded.languages, excluded.language_levels, excluded.profile_length, excluded.title_length,
      excluded.piece_length, excluded.item_lengths, excluded.engaged_hours, excluded.quality, excluded.timeliness,
      excluded.print_high, excluded.print_low, excluded.document)`;
}

/** Active experts who cannot be found yet, or by other lexemes than are made now; at most `limit`. */
export async function unsearchableIds(db: Db, madeWith: string, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM expert e LEFT JOIN expert_search s ON s.expert_id = e.id
    WHERE e.state = 'ACTIVE' AND s.made_with IS DISTINCT FROM ${madeWith} ORDER BY e.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/**
 * Experts for an opening, in the order of their ids: the best of those who pass the plain gates, and those of everybody whose words fit best.
 * @param most at most so many of the first, and @param led of the second
 */
export async function searchExperts(
  db: Db,
  gates: PlainGates,
  { lexemes, weights, average, slope, offset }: AskedText,
  wishes: PlainWishes,
  { most, led }: { readonly most: number; readonly led: number },
): Promise<FoundExpert[]> {
  return db.$queryRaw`
    SELECT document, is_candidate AS "isCandidate", is_leader AS "isLeader" FROM app_search_experts(
      ${JSON.stringify(gates)}::jsonb, ${JSON.stringify({ ...weights, average, slope, offset, ...wishes })}::jsonb,
      ${lexemes.map(({ lexeme }) => lexeme)}::text[], ${lexemes.map(({ part }) => part)}::text[],
      ${lexemes.map(({ worth }) => worth)}::float8[], ${lexemes.map((each) => each.average)}::float8[], ${most}::int, ${led}::int)`;
}

/** Who is searched now. */
export async function searchState(db: Db): Promise<SearchState> {
  const [state] = await db.$queryRaw<SearchState[]>`SELECT high, low, experts FROM app_search_state()`;
  return state ?? { high: 0n, low: 0n, experts: 0 };
}

/** How many experts each combination of plain gates stops, as bits. */
export async function countSearchGates(
  db: Db,
  gates: PlainGates,
): Promise<{ stops: number; experts: number }[]> {
  return db.$queryRaw`SELECT stops, experts FROM app_search_gates(${JSON.stringify(gates)}::jsonb)`;
}
