import { sha256 } from '../../platform/crypto/digest';
import { Prisma, type Db } from '../../platform/prisma/database';
import type { SourceConcept, SourceName } from './adapter/taxonomy-source';

export interface ConceptRecord {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly label: string;
  readonly description: string;
  readonly isRegulated: boolean;
}

export interface FoundConcept extends ConceptRecord {
  /** The other name by which it was found; null where its label was. */
  readonly matchedAlias: string | null;
}

/** The id of a concept: always the same for the same code of the same source, so that choices survive an import. */
export function conceptIdOf(source: SourceName, code: string): string {
  const hex = sha256(`${source}\n${code}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Lets one import of a source run at a time, until the transaction ends. */
export async function lockSource(db: Db, source: SourceName): Promise<void> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('taxonomy-import'), hashtext(${source}))::text`;
}

/** Adds concepts or brings them up to date. */
export async function upsertConcepts(
  db: Db,
  source: SourceName,
  concepts: readonly SourceConcept[],
): Promise<void> {
  const rows = concepts.map(({ code, kind, label, description, isRegulated }) => ({
    id: conceptIdOf(source, code),
    code,
    kind,
    label,
    description,
    isRegulated,
  }));
  await db.$executeRaw`
    INSERT INTO taxonomy_concept (id, kind, source, source_code, label, description, is_regulated)
    SELECT id, kind, ${source}, code, label, description, "isRegulated"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row(id text, kind text, code text, label text, description text, "isRegulated" boolean)
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, label = excluded.label, description = excluded.description,
      is_regulated = excluded.is_regulated`;
}

/** Forgets the other names and relations of a source's concepts, before they are written anew. */
export async function clearNames(db: Db, source: SourceName): Promise<void> {
  await db.$executeRaw`DELETE FROM taxonomy_alias a USING taxonomy_concept c WHERE c.id = a.concept_id AND c.source = ${source}`;
  await db.$executeRaw`DELETE FROM taxonomy_relation r USING taxonomy_concept c WHERE c.id = r.narrower_id AND c.source = ${source}`;
}

/** Writes other names of concepts. */
export async function insertAliases(
  db: Db,
  source: SourceName,
  concepts: readonly SourceConcept[],
): Promise<void> {
  await db.taxonomyAlias.createMany({
    data: concepts.flatMap(({ code, aliases }) =>
      aliases.map((label) => ({ conceptId: conceptIdOf(source, code), label })),
    ),
    skipDuplicates: true,
  });
}

/** Writes which concept is broader than which. */
export async function insertRelations(
  db: Db,
  source: SourceName,
  relations: readonly (readonly [string, string])[],
): Promise<void> {
  await db.taxonomyRelation.createMany({
    data: relations.map(([narrower, broader]) => ({
      narrowerId: conceptIdOf(source, narrower),
      broaderId: conceptIdOf(source, broader),
    })),
    skipDuplicates: true,
  });
}

/** Keeps what an import loaded and what was missing. */
export async function insertImport(
  db: Db,
  row: { id: string; source: SourceName; loaded: Prisma.InputJsonValue; missing: string[]; importedAt: Date },
): Promise<void> {
  await db.taxonomyImport.create({ data: row });
}

/** Which of some ids are concepts. */
export async function knownConcepts(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.taxonomyConcept.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** Which of some names are the label or another name of a skill, letter for letter. */
export async function skillNamesAmong(db: Db, names: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT wanted.name FROM unnest(${[...names]}::text[]) AS wanted(name)
    WHERE EXISTS (SELECT 1 FROM taxonomy_concept c WHERE c.kind = 'SKILL' AND c.label = wanted.name)
      OR EXISTS (SELECT 1 FROM taxonomy_alias a JOIN taxonomy_concept c ON c.id = a.concept_id
        WHERE a.label = wanted.name AND c.kind = 'SKILL')`;
  return new Set(rows.map(({ name }) => name));
}

/**
 * Concepts whose label or other name is like a text: the same first, then those that begin with it, then by likeness
 * of trigrams; our own list before the others. One or two letters find only what begins with them.
 */
export async function searchConcepts(
  db: Db,
  text: string,
  kinds: readonly string[],
  limit: number,
): Promise<FoundConcept[]> {
  const literal = text.replace(/[\\%_]/g, '\\$&');
  const isLike =
    text.length < 3
      ? Prisma.sql`label ILIKE ${`${literal}%`}`
      : Prisma.sql`(label ILIKE ${`%${literal}%`} OR label %> ${text})`;
  return db.$queryRaw<FoundConcept[]>`
    WITH name AS (
      SELECT id, label AS name, NULL AS alias FROM taxonomy_concept WHERE ${isLike}
      UNION ALL
      SELECT concept_id, label, label FROM taxonomy_alias WHERE ${isLike}
    ), scored AS (
      SELECT id, alias, length(name) AS letters, word_similarity(${text}, name) AS likeness,
        CASE WHEN lower(name) = lower(${text}) THEN 0 WHEN starts_with(lower(name), lower(${text})) THEN 1 ELSE 2 END AS place
      FROM name
    ), best AS (
      SELECT DISTINCT ON (id) * FROM scored ORDER BY id, place, likeness DESC, alias IS NOT NULL, letters
    )
    SELECT c.id, c.kind, c.source, c.label, c.description, c.is_regulated AS "isRegulated", b.alias AS "matchedAlias"
    FROM best b JOIN taxonomy_concept c ON c.id = b.id
    WHERE c.kind = ANY(${[...kinds]}::text[])
    ORDER BY b.place, b.likeness DESC, b.alias IS NOT NULL, c.source <> 'OWN', b.letters, c.label, c.id
    LIMIT ${limit}`;
}

/** Labels of the concepts directly above some concepts, by concept. */
export async function broaderLabels(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.$queryRaw<{ id: string; labels: string[] }[]>`
    SELECT r.narrower_id AS id, array_agg(c.label ORDER BY c.label) AS labels
    FROM taxonomy_relation r JOIN taxonomy_concept c ON c.id = r.broader_id
    WHERE r.narrower_id = ANY(${[...ids]}::text[]) GROUP BY r.narrower_id`;
  return new Map(rows.map(({ id, labels }) => [id, labels]));
}

/** An occupation or group with its other names and the ids of what is broader. */
export interface ConceptEntry extends Pick<
  ConceptRecord,
  'id' | 'kind' | 'label' | 'description' | 'isRegulated'
> {
  readonly aliases: readonly string[];
  readonly broader: readonly string[];
}

/** Every occupation and group; thousands, for the matching index. */
export async function occupationEntries(db: Db): Promise<ConceptEntry[]> {
  return db.$queryRaw<ConceptEntry[]>`
    SELECT c.id, c.kind, c.label, c.description, c.is_regulated AS "isRegulated",
      ARRAY(SELECT a.label FROM taxonomy_alias a WHERE a.concept_id = c.id ORDER BY a.label) AS aliases,
      ARRAY(SELECT r.broader_id FROM taxonomy_relation r WHERE r.narrower_id = c.id ORDER BY r.broader_id) AS broader
    FROM taxonomy_concept c WHERE c.kind IN ('OCCUPATION', 'GROUP') ORDER BY c.id`;
}

/** When concepts were last imported; null where none were. */
export async function lastImport(db: Db): Promise<Date | null> {
  const { _max: last } = await db.taxonomyImport.aggregate({ _max: { importedAt: true } });
  return last.importedAt;
}
