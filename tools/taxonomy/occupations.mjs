// Occupations as the product reads them: its own list, and ESCO's and O*NET's files.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../install.mjs';
import { compiledApi, compiledPackage } from '../start/packages.mjs';

/** Occupations of our own list, and of ESCO's files where a folder is given. */
export function productOccupations(escoFolder) {
  const { readOwn } = compiledApi('features/taxonomy/adapter/own');
  const file = path.join(ROOT, 'prisma/seed/taxonomy/taxonomy.json');
  const own = entriesOf(readOwn(readFileSync(file, 'utf8'), file));
  return occupationsOf([...own, ...(escoFolder === undefined ? [] : escoEntries(escoFolder))]);
}

export const escoOccupations = (folder) => occupationsOf(escoEntries(folder));

export function onetOccupations(folder) {
  const { readOnet } = compiledApi('features/taxonomy/adapter/onet');
  return occupationsOf(entriesOf(readOnet(folder)));
}

function escoEntries(folder) {
  const { readEsco } = compiledApi('features/taxonomy/adapter/esco');
  return entriesOf(readEsco(folder));
}

function entriesOf({ concepts, relations }) {
  const broader = new Map(concepts.map(({ code }) => [code, []]));
  for (const [narrower, wider] of relations) broader.get(narrower).push(wider);
  return concepts.map(({ code, ...concept }) => ({ ...concept, id: code, broader: broader.get(code) }));
}

function occupationsOf(entries) {
  return compiledPackage('matching', ['domain']).occupationsOf(entries);
}
