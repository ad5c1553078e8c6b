import type { Row } from './delimited';
import { SourceFolder } from './source-folder';
import {
  ConceptCollection,
  knownRelations,
  type SourceConcept,
  type TaxonomySource,
} from './taxonomy-source';

interface ConceptFile {
  readonly file: string;
  readonly kind: SourceConcept['kind'];
  readonly words: string;
}

/** ESCO's own file names (esco.ec.europa.eu, download as CSV, version 1.2, English). */
const CONCEPTS: readonly ConceptFile[] = [
  { file: 'occupations_en.csv', kind: 'OCCUPATION', words: 'occupations' },
  { file: 'ISCOGroups_en.csv', kind: 'GROUP', words: 'occupation groups' },
  { file: 'skills_en.csv', kind: 'SKILL', words: 'skills' },
  { file: 'skillGroups_en.csv', kind: 'GROUP', words: 'skill groups' },
  { file: 'digitalSkillsCollection_en.csv', kind: 'SKILL', words: 'digital skills' },
  { file: 'digCompSkillsCollection_en.csv', kind: 'SKILL', words: 'DigComp skills' },
  { file: 'greenSkillsCollection_en.csv', kind: 'SKILL', words: 'green skills' },
  { file: 'languageSkillsCollection_en.csv', kind: 'SKILL', words: 'language skills' },
  { file: 'researchSkillsCollection_en.csv', kind: 'SKILL', words: 'research skills' },
  { file: 'transversalSkillsCollection_en.csv', kind: 'SKILL', words: 'transversal skills' },
  { file: 'researchOccupationsCollection_en.csv', kind: 'OCCUPATION', words: 'research occupations' },
];
const BROADER = ['broaderRelationsOccPillar_en.csv', 'broaderRelationsSkillPillar_en.csv'];
/** Known files that hold nothing which is not in the others, or for which there is no use. */
const LEFT_ASIDE = [
  'skillsHierarchy_en.csv',
  'conceptSchemes_en.csv',
  'skillSkillRelations_en.csv',
  'occupationSkillRelations_en.csv',
];
/** Files without which the list has a hole that a person should know of. */
const EXPECTED: Record<string, string> = {
  'occupations_en.csv': 'no occupations beyond the collections',
  'skills_en.csv': 'only skills of the collections are loaded',
  'skillGroups_en.csv': 'no skill groups',
  'ISCOGroups_en.csv': 'no occupation groups',
  'broaderRelationsOccPillar_en.csv': 'occupations stand without their groups',
  'broaderRelationsSkillPillar_en.csv': 'skills stand without their groups',
  'occupationSkillRelations_en.csv': 'which skills an occupation needs is not known',
};

/** Reads a folder of ESCO's CSV files: whatever is there of them. Throws BadTaxonomy, naming folder, file or column. */
export function readEsco(given: string): TaxonomySource {
  const folder = SourceFolder.open(given, 'ESCO', ['occupations_en.csv', 'skills_en.csv']);
  const concepts = new ConceptCollection();
  const read: string[] = [];
  for (const { file, kind, words } of CONCEPTS.filter(({ file }) => folder.has(file))) {
    const rows = folder
      .csv(file, ['conceptUri', 'preferredLabel', 'altLabels', 'description', 'status'])
      .filter(
        ({ conceptUri, preferredLabel, status }) => conceptUri && preferredLabel && status === 'released',
      );
    for (const row of rows) concepts.add(conceptOf(row, kind));
    read.push(`${file}: ${rows.length} ${words}`);
  }
  const pairs: [string, string][] = [];
  for (const file of BROADER.filter((each) => folder.has(each))) {
    const rows = folder.csv(file, ['conceptUri', 'broaderUri']);
    for (const row of rows) pairs.push([row.conceptUri ?? '', row.broaderUri ?? '']);
    read.push(`${file}: ${rows.length} relations`);
  }
  const { relations, unknown } = knownRelations(concepts, pairs);
  const missing = Object.entries(EXPECTED)
    .filter(([file]) => !folder.has(file))
    .map(([file, meaning]) => `${file}: ${meaning}`);
  if (unknown > 0) missing.push(`${unknown} relations name a concept that is in none of the files`);
  for (const file of LEFT_ASIDE.filter((each) => folder.has(each)))
    read.push(`${file}: left aside, nothing here uses it`);
  return { name: 'ESCO', concepts: concepts.all(), relations, read, missing };
}

function conceptOf(row: Row, kind: SourceConcept['kind']): SourceConcept {
  return {
    code: (row.conceptUri ?? '').trim(),
    kind,
    label: tidy(row.preferredLabel),
    description: (row.description ?? '').trim(),
    aliases: labelsOf(row.altLabels),
    isRegulated: (row.regulatedProfessionNote ?? '').endsWith('/regulated'),
  };
}

/** The main files part labels by line breaks, the collections by a bar. */
function labelsOf(text: string | undefined): string[] {
  return (text ?? '').split(/\r?\n| \| /).map(tidy);
}

function tidy(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
