import fc from 'fast-check';
import { silenceApproves } from './silence';
import { checkBeforeEnd, cutAfter, subtractSpans } from './span.rules';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 18) + minutes * 60_000);
const span = (from: number, to: number) => ({ startsAt: at(from), endsAt: at(to) });

describe('what is left of a span beside other entries', () => {
  it('keeps the parts before, between and after them', () => {
    const parts = subtractSpans(span(0, 100), [span(50, 60), span(10, 20)]);
    expect(parts).toEqual([span(0, 10), span(20, 50), span(60, 100)]);
  });

  it('keeps nothing where one covers it, and all where none touches it', () => {
    expect(subtractSpans(span(10, 20), [span(0, 30)])).toEqual([]);
    expect(subtractSpans(span(10, 20), [span(0, 10), span(20, 30)])).toEqual([span(10, 20)]);
  });

  it('never overlaps the others and never loses or adds time', () => {
    const minute = fc.integer({ min: 0, max: 500 });
    const spans = fc.array(fc.tuple(minute, fc.integer({ min: 1, max: 60 })), { maxLength: 8 });
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 300 }), spans, (from, length, others) => {
        const busy = others.map(([start, long]) => span(start, start + long));
        const covers = (all: readonly { startsAt: Date; endsAt: Date }[], minuteOf: number) =>
          all.some(({ startsAt, endsAt }) => startsAt <= at(minuteOf) && at(minuteOf) < endsAt);
        const parts = subtractSpans(span(from, from + length), busy);
        for (let n = from; n < from + length; n++) expect(covers(parts, n)).toBe(!covers(busy, n));
      }),
    );
  });

  it('cuts after so many seconds, and leaves a shorter one alone', () => {
    expect(cutAfter(span(0, 100), 600)).toEqual(span(0, 10));
    expect(cutAfter(span(0, 5), 600)).toEqual(span(0, 5));
  });
});

describe('the end of an engagement', () => {
  it('refuses time after it and names the moment', () => {
    expect(checkBeforeEnd(span(0, 600), at(600)).ok).toBe(true);
    expect(checkBeforeEnd(span(0, 600), null).ok).toBe(true);
    expect(checkBeforeEnd(span(590, 601), at(600))).toMatchObject({
      refusal: { code: 'ENTRY_AFTER_END', message: expect.stringContaining('18 November 2026, 10:00 UTC') },
    });
  });
});

describe('silence', () => {
  const line = { state: 'SUBMITTED', reviewDueAt: at(0), answeredAt: null };

  it('approves what was submitted once the days for review have passed', () => {
    expect(silenceApproves(line, at(0), 5)).toBe(true);
    expect(silenceApproves(line, at(-1), 5)).toBe(false);
    expect(silenceApproves({ ...line, reviewDueAt: null }, at(0), 5)).toBe(false);
  });

  it('gives the lab its days again after an answer, and never approves or drops a questioned line', () => {
    const answered = { ...line, state: 'ANSWERED', answeredAt: at(0) };
    expect(silenceApproves(answered, at(5 * 1440 - 1), 5)).toBe(false);
    expect(silenceApproves(answered, at(5 * 1440), 5)).toBe(true);
    expect(silenceApproves({ ...line, state: 'QUESTIONED' }, at(99 * 1440), 5)).toBe(false);
  });
});
