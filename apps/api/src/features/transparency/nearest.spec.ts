import { nearestFilters } from './nearest';

const row = (more: object, count: number) => ({
  search: true,
  rung: true,
  taskFamily: true,
  country: true,
  count,
  ...more,
});

describe('the nearest filters', () => {
  it('leave out one part where that is enough, the one with most openings first', () => {
    const found = nearestFilters({ rung: 'RARE', search: 'x', country: 'JP' }, [
      row({ rung: false }, 2),
      row({ country: false }, 5),
      row({ country: false, search: false }, 100),
    ]);
    expect(found).toEqual([
      { filter: { rung: 'RARE', search: 'x' }, count: 5 },
      { filter: { search: 'x', country: 'JP' }, count: 2 },
    ]);
  });

  it('leave out more where one is not enough, and are none where nothing is open', () => {
    const asked = { rung: 'RARE', search: 'x' };
    expect(nearestFilters(asked, [row({ rung: false, search: false }, 3)])).toEqual([
      { filter: {}, count: 3 },
    ]);
    expect(nearestFilters(asked, [])).toEqual([]);
  });
});
