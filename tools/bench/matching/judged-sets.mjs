// The judged sets, as experts to rank and openings to rank them for. They are read where they are and never copied:
// a set whose files are not there is left out, with a sentence that says so.
//
// A set has
//   experts   in the order of their ids, by which ties go
//   texts     what rivals read, and textsOf: of each expert the places of their texts
//   hasNoEsco true where ESCO's files would tell our ranking the answers
//   variants  name -> queries, the same ones in the same order: opening, relevance (place of an expert -> whole number), and where
//             they are there `barred` (places that are left out) and `without` (the place of a text that is taken out)
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from '../../taxonomy/data-folder.mjs';
import { dblp } from './sets/dblp.mjs';
import { escoDescriptions, escoTitles } from './sets/esco.mjs';
import { onet } from './sets/onet.mjs';
import { talentclef } from './sets/talentclef.mjs';

/** What is made of each folder of shared/data. */
const SETS = {
  'talentclef2025-en': [talentclef],
  'dblp-expert': [dblp],
  onet: [onet],
  'esco-1.2-en': [escoTitles, escoDescriptions],
};
export const SET_NAMES = Object.keys(SETS);

/** The sets of a folder ready to be ranked; none, with a sentence, where it is not there. */
export function* judgedSets(name, say) {
  const folder = dataFolder(name);
  if (folder === undefined) say(`${name}: left out, there is no folder shared/data/${name} beside this copy`);
  else
    for (const make of SETS[name])
      yield make((file) => readFileSync(path.join(folder, file), 'utf8'), folder);
}
