// Our engine on a judged set, by the code that the worker runs.
import { compiledPackage } from '../../start/packages.mjs';
import { dataFolder } from '../../taxonomy/data-folder.mjs';
import { productOccupations } from '../../taxonomy/occupations.mjs';

const indexes = new Map();

/** What scores every expert of a set for a query, by place; by another number than the score where one is named. */
export function ours({ experts, expertsWithout, hasNoEsco = false }) {
  const { Snapshot } = compiledPackage('matching', ['domain']);
  const occupations = occupationIndex(hasNoEsco ? undefined : dataFolder('esco-1.2-en'));
  const places = new Map(experts.map(({ id }, place) => [id, place]));
  const whole = new Snapshot(experts, occupations);
  return ({ opening, without }, by = 'score') => {
    const known = without === undefined ? experts : expertsWithout(without);
    const snapshot = known === experts ? whole : new Snapshot(known, occupations);
    const scores = new Float64Array(experts.length);
    for (const each of snapshot.rank(opening)) scores[places.get(each.expertId)] = each[by];
    return scores;
  };
}

/** The index of occupations, made once for each folder. */
function occupationIndex(folder) {
  if (!indexes.has(folder)) {
    const { OccupationIndex } = compiledPackage('matching', ['domain']);
    indexes.set(folder, new OccupationIndex(productOccupations(folder)));
  }
  return indexes.get(folder);
}
