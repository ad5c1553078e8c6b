import fc from 'fast-check';
import { checkCap, checkEntry, formatClock, formatDuration, parseDuration, secondsOf } from './entry.rules';
import { nextWeekOf, splitAtWeek, weekOf } from './week';

const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code;

describe('a week', () => {
  it('runs from Monday 00:00 UTC to the next', () => {
    const week = weekOf(new Date('2026-11-24T12:00:00Z'));
    expect([week.startsAt.toISOString(), week.endsAt.toISOString()]).toEqual([
      '2026-11-23T00:00:00.000Z',
      '2026-11-30T00:00:00.000Z',
    ]);
    expect(weekOf(new Date('2026-11-30T00:00:00Z')).startsAt.toISOString()).toBe('2026-11-30T00:00:00.000Z');
    expect(nextWeekOf(new Date('2026-11-24')).startsAt.toISOString()).toBe('2026-11-30T00:00:00.000Z');
  });

  it('cuts spans at its border without losing a second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e9 }),
        fc.integer({ min: 60, max: 57_600 }),
        (start, seconds) => {
          const span = { startsAt: new Date(start * 1000), endsAt: new Date((start + seconds) * 1000) };
          const parts = splitAtWeek(span);
          const isInOneWeek = parts.every((part) => weekOf(part.startsAt).endsAt >= part.endsAt);
          return isInOneWeek && parts.reduce((sum, part) => sum + secondsOf(part), 0) === seconds;
        },
      ),
    );
  });
});

describe('an entry', () => {
  const now = new Date('2026-11-24T18:00:00Z');
  const entry = {
    startsAt: new Date('2026-11-24T10:00:00Z'),
    endsAt: new Date('2026-11-24T11:00:00Z'),
    kind: 'WORK',
    source: 'MANUAL',
    note: 'reviewed ten cases',
  } as const;

  it('by hand needs a note; backwards, too long or in the future it is refused', () => {
    expect(code(checkEntry(entry, now))).toBe('ok');
    expect(code(checkEntry({ ...entry, note: ' ' }, now))).toBe('ENTRY_NEEDS_NOTE');
    expect(code(checkEntry({ ...entry, source: 'TRACKED', note: '' }, now))).toBe('ok');
    expect(code(checkEntry({ ...entry, endsAt: entry.startsAt }, now))).toBe('ENTRY_BACKWARDS');
    expect(code(checkEntry({ ...entry, startsAt: new Date('2026-11-23') }, now))).toBe('ENTRY_TOO_LONG');
    expect(code(checkEntry({ ...entry, endsAt: new Date('2026-11-24T18:00:01Z') }, now))).toBe(
      'ENTRY_IN_FUTURE',
    );
  });

  it('warns at 90 % of the cap and is refused past it, saying what is left', () => {
    expect(checkCap(0, 3600, 36_000)).toEqual({ ok: true, value: { isNearCap: false } });
    expect(checkCap(28_800, 3600, 36_000)).toEqual({ ok: true, value: { isNearCap: true } });
    const refused = checkCap(34_200, 3600, 36_000);
    expect(refused.ok ? '' : refused.refusal.message).toContain('30 min of it is left');
  });

  it('puts the sign of time that was taken back in front, once', () => {
    // US$10.00 at US$162.75 an hour: 3 minutes and 41 seconds.
    expect([-221, -5_400, -3_600, -20, 0].map(formatDuration)).toEqual([
      '-4 min',
      '-1 h 30 min',
      '-1 h',
      '0 min',
      '0 min',
    ]);
    expect([-221, -5_400, 0, 221, 27_000].map(formatClock)).toEqual([
      '-0:03:41',
      '-1:30',
      '0:00',
      '0:03:41',
      '7:30',
    ]);
  });

  it('takes durations as people write them', () => {
    for (const text of ['1:30', '1.5', '1,5', '90m', '1h 30m', '90 min'])
      expect(parseDuration(text)).toEqual({ ok: true, value: 5400 });
    for (const text of ['', '1:75', 'soon', '-1']) expect(parseDuration(text).ok).toBe(false);
    expect([formatDuration(27_000), formatDuration(3600), formatDuration(300)]).toEqual([
      '7 h 30 min',
      '1 h',
      '5 min',
    ]);
  });
});
