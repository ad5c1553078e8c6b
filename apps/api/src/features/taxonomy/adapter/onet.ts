import type { Row } from './delimited';
import { SourceFolder } from './source-folder';
import { ConceptCollection, type SourceConcept, type TaxonomySource } from './taxonomy-source';

const OCCUPATIONS = 'Occupation Data.txt';
const CODE = 'O*NET-SOC Code';
/** Files with other names of occupations, and the column of the name. */
const TITLES: Record<string, string> = {
  'Alternate Titles.txt': 'Alternate Title',
  'Sample of Reported Titles.txt': 'Reported Job Title',
};
/** Files whose elements are skills; each element stands in many rows. */
const ELEMENTS: Record<string, string> = { 'Skills.txt': 'skills', 'Knowledge.txt': 'fields of knowledge' };
const MEANING: Record<string, string> = {
  'Alternate Titles.txt': 'occupations have no other names',
  'Sample of Reported Titles.txt': 'titles that people reported are not known',
  'Skills.txt': 'no skills',
  'Knowledge.txt': 'no fields of knowledge',
};

/** Reads a folder of O*NET's tab-separated files: whatever is there of them. Throws BadTaxonomy, naming folder, file or column. */
export function readOnet(given: string): TaxonomySource {
  const folder = SourceFolder.open(given, 'O*NET', [OCCUPATIONS]);
  const concepts = new ConceptCollection();
  const rows = folder.tsv(OCCUPATIONS, [CODE, 'Title', 'Description']);
  for (const row of rows) concepts.add(occupationOf(row));
  const read = [`${OCCUPATIONS}: ${rows.length} occupations`];
  let unknown = 0;
  for (const [file, column] of present(folder, TITLES)) {
    const titles = folder.tsv(file, [CODE, column]);
    for (const row of titles) {
      const code = row[CODE] ?? '';
      if (concepts.has(code)) concepts.add({ ...occupationOf(row), aliases: [tidy(row[column])] });
      else unknown++;
    }
    read.push(`${file}: ${titles.length} titles`);
  }
  for (const [file, words] of present(folder, ELEMENTS)) {
    const elements = new Map(
      folder
        .tsv(file, ['Element ID', 'Element Name'])
        .map((row) => [row['Element ID'] ?? '', tidy(row['Element Name'])]),
    );
    for (const [code, label] of elements)
      concepts.add({ code, kind: 'SKILL', label, description: '', aliases: [], isRegulated: false });
    read.push(`${file}: ${elements.size} ${words}`);
  }
  const missing = Object.entries(MEANING)
    .filter(([file]) => !folder.has(file))
    .map(([file, meaning]) => `${file}: ${meaning}`);
  if (unknown > 0) missing.push(`${unknown} titles name an occupation that is not in ${OCCUPATIONS}`);
  const used = [OCCUPATIONS, ...Object.keys(MEANING)];
  for (const file of folder.files().filter((each) => each.endsWith('.txt') && !used.includes(each)))
    read.push(`${file}: left aside, nothing here uses it`);
  return { name: 'ONET', concepts: concepts.all(), relations: [], read, missing };
}

function present(folder: SourceFolder, files: Record<string, string>): [string, string][] {
  return Object.entries(files).filter(([file]) => folder.has(file));
}

function occupationOf(row: Row): SourceConcept {
  return {
    code: row[CODE] ?? '',
    kind: 'OCCUPATION',
    label: tidy(row.Title),
    description: (row.Description ?? '').trim(),
    aliases: [],
    isRegulated: false,
  };
}

function tidy(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
