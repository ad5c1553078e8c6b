import type { AskedLexeme } from '@tallystick/matching';
import type { Db } from '../../../platform/prisma/database';

/** An expert as PostgreSQL finds them. */
export interface SearchRow {
  readonly expert_id: string;
  /** What the lexemes were made with. */
  readonly made_with: string;
  readonly lexemes: readonly string[];
  readonly is_visible: boolean;
  readonly country: string;
  /** Minor units, in digits. */
  readonly rate_minor: string;
  readonly currency: string;
  readonly hours: number;
  readonly credential_keys: readonly string[];
  /** Last days, `2027-01-31` or `infinity`. */
  readonly credential_until: readonly string[];
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

/** Matches everybody. */
const ANYBODY = `!'-'`;

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
      credential_keys, credential_until, languages, language_levels)
    SELECT expert_id, made_with, array_to_tsvector(lexemes), is_visible, country, rate_minor, currency, hours,
      credential_keys, credential_until, languages, language_levels
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS own (expert_id uuid, made_with text, lexemes text[], is_visible boolean,
      country text, rate_minor bigint, currency text, hours int, credential_keys text[], credential_until date[],
      languages text[], language_levels int[])
    ON CONFLICT (expert_id) DO UPDATE SET (made_with, lexemes, is_visible, country, rate_minor, currency, hours,
      credential_keys, credential_until, languages, language_levels) = (excluded.made_with, excluded.lexemes, excluded.is_visible,
      excluded.country, excluded.rate_minor, excluded.currency, excluded.hours, excluded.credential_keys,
      excluded.credential_until, excluded.languages, excluded.language_levels)`;
}

/** Active experts who cannot be found yet, or by other lexemes than are made now; at most `limit`. */
export async function unsearchableIds(db: Db, madeWith: string, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM expert e LEFT JOIN expert_search s ON s.expert_id = e.id
    WHERE e.state = 'ACTIVE' AND s.made_with IS DISTINCT FROM ${madeWith} ORDER BY e.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Experts who pass the plain gates and have any of the lexemes, those with the most weight of them first; at most `most`. @param isAny also those who have none */
export async function searchExperts(
  db: Db,
  gates: PlainGates,
  lexemes: readonly AskedLexeme[],
  most: number,
  isAny: boolean,
): Promise<string[]> {
  const terms = lexemes.map(({ lexeme }) => quoted(lexeme));
  const wanted = isAny || terms.length === 0 ? ANYBODY : terms.join(' | ');
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT expert_id AS id FROM app_search_experts(${JSON.stringify(gates)}::jsonb, ${wanted}::tsquery,
      ${terms}::text[]::tsquery[], ${lexemes.map(({ weight }) => weight)}::float8[], ${most}::int)`;
  return rows.map(({ id }) => id);
}

/** How many experts each combination of plain gates stops, as bits. */
export async function countSearchGates(
  db: Db,
  gates: PlainGates,
): Promise<{ stops: number; experts: number }[]> {
  return db.$queryRaw`SELECT stops, experts FROM app_search_gates(${JSON.stringify(gates)}::jsonb)`;
}

function quoted(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
}
