import { Ids, isId } from './ids';

const NOON = new Date('2026-11-18T12:00:00Z');

describe('an id', () => {
  const ids = new Ids();
  const made = Array.from({ length: 20_000 }, () => ids.next(NOON));

  it('sorts after those made before it, though the clock stands', () => {
    expect([...made].sort()).toEqual(made);
  });

  it('sorts by time before all else', () => {
    const earlier = ids.next(new Date(NOON.getTime() - 1));
    expect(made.every((id) => id > earlier)).toBe(true);
  });

  it('is a UUID of version 7, and of no other process', () => {
    expect(made.every((id) => isId(id) && /^.{14}7.{4}[89ab]/.test(id))).toBe(true);
    const others = new Set(made.map((id) => id.slice(-12)));
    expect(others.size).toBe(made.length);
  });
});
