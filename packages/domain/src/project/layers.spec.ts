import { LEVELS, TASK_FAMILIES, type TaskFamily } from './channel';
import { proposeLayers } from './layers';
import { RUNGS } from './rate-card';

const families = Object.keys(TASK_FAMILIES) as TaskFamily[];

describe('layers that are proposed', () => {
  test('every kind of work gets at least one layer, each in the band of its rung, the dearer ones last', () => {
    for (const family of families)
      for (const scarcity of LEVELS) {
        const layers = proposeLayers(family, { scarcity });
        expect(layers.length).toBeGreaterThan(0);
        for (const { rung, minMinor, maxMinor } of layers)
          expect({ minMinor, maxMinor }).toMatchObject({
            minMinor: RUNGS[rung].minMinor,
            maxMinor: RUNGS[rung].maxMinor,
          });
        const lowest = layers.map(({ minMinor }) => minMinor);
        expect(lowest).toEqual([...lowest].sort((one, other) => Number(one - other)));
      }
  });

  test('work that many people can do is one layer; rare work keeps the rarest people for the hard cases', () => {
    expect(proposeLayers('RATING', { scarcity: 'LOW' }).map(({ rung }) => rung)).toEqual(['COMMODITY']);
    const rare = proposeLayers('REASONING', { scarcity: 'HIGH' });
    expect(rare.map(({ rung }) => rung)).toEqual(['GENERALIST', 'RARE']);
    expect(rare[1]?.seats).toBeLessThan(rare[0]?.seats ?? 0);
  });
});
