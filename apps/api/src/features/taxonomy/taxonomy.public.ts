export {
  conceptIdOf,
  knownConcepts,
  lastImport,
  occupationEntries,
  skillNamesAmong,
} from './taxonomy.repository';
export { BadTaxonomy, type TaxonomySource } from './adapter/taxonomy-source';
export { readEsco } from './adapter/esco';
export { readOnet } from './adapter/onet';
export { readOwn } from './adapter/own';
export { ImportTaxonomy, type Loaded } from './use-cases/import-taxonomy';
export { LoadOwnTaxonomy } from './use-cases/load-own-taxonomy';
