import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where people come from, with names that are plausible there. */
export interface Place {
  readonly country: string;
  readonly timeZone: string;
  readonly language: string;
  readonly given: readonly string[];
  readonly family: readonly string[];
}

/** An occupation with its skills and what its people work on. */
export interface Speciality {
  readonly title: string;
  readonly alias: string;
  readonly skills: readonly string[];
  readonly topics: readonly string[];
}

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly general: readonly string[];
  readonly specialities: readonly Speciality[];
  readonly org: readonly string[];
  readonly school: readonly string[];
  readonly family: string;
}

export interface LabContent {
  readonly name: string;
  readonly legalName: string;
  readonly country: string;
  readonly currency: string;
  readonly fields: readonly string[];
  readonly fate: 'VETTED' | 'REFUSED' | 'WAITING';
}

/** The words of the demo world: everybody and everything in it is invented. */
export interface Content {
  readonly places: readonly Place[];
  readonly fields: readonly Field[];
  readonly labs: readonly LabContent[];
  readonly competitors: readonly string[];
}

const SEED = path.join(__dirname, '../../../../prisma/seed');

/** The snapshot of the history that a first start loads. */
export const WORLD_FILE = path.join(SEED, 'demo/world.jsonl.br');

/** Reads the words of the demo world. */
export function readContent(): Content {
  return JSON.parse(readFileSync(path.join(SEED, 'demo/content.json'), 'utf8')) as Content;
}

/** The text of the product's own list of skills and occupations. */
export function readTaxonomyText(): string {
  return readFileSync(path.join(SEED, 'taxonomy/taxonomy.json'), 'utf8');
}
