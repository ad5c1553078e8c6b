import fc from 'fast-check';
import type { ExpertDocument, OpeningDocument } from '../documents';
import { GateIndex } from './gate-index';
import type { Gate } from './gate';
import { gatesOf, isEligible } from './gates';
import { declarationKey } from './named-organisations';
import { LEVELS } from './language-gate';

const TYPES = ['US_MEDICAL_LICENSE', 'US_BAR_ADMISSION'];
const PLACES = ['US-CA', 'US-NY', null];
const COUNTRIES = ['US', 'DE', 'KE'];
const day = fc.integer({ min: 0, max: 20 }).map((n) => new Date(Date.UTC(2027, 0, 1 + n)));
const credential = fc.record({
  id: fc.constant('c'),
  type: fc.constantFrom(...TYPES),
  label: fc.constant('licence'),
  jurisdiction: fc.constantFrom(...PLACES),
  issuer: fc.constantFrom('Goethe-Institut', 'CFA Institute', null),
  state: fc.constantFrom('VERIFIED', 'EXPIRING', 'SUBMITTED', 'EXPIRED', 'DRAFT'),
  expiresOn: fc.option(day),
});
const language = fc.record({
  language: fc.constantFrom('English', 'german', 'German'),
  level: fc.constantFrom(...LEVELS),
});
const WORKS = ['On gates & fences (2020)', 'On other things', 'Editor'];
const zone = fc.constantFrom('America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata');
const minute = fc.integer({ min: 0, max: 1439 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const rate = maybe(fc.bigInt({ min: 0n, max: 20_000n }));
const hours = maybe(fc.integer({ min: 0, max: 60 }));
const currency = fc.constantFrom('USD', 'EUR', undefined);
const EMPLOYERS = [
  ...[
    'Acme Works Inc.',
    'AcmeWorks',
    'Borealis',
    'Acme Werke',
    'Acme',
    'AKME Works AG',
    'The Others',
    'Other S.L.',
  ],
  'Other Works of Acme',
];
const expert: fc.Arbitrary<ExpertDocument> = fc.record({
  ...{ id: fc.uuid(), headline: fc.constant(''), bio: fc.constant('') },
  ...{ titles: fc.constant([]), skills: fc.constant([]) },
  evidence: fc.array(
    fc.record({
      title: fc.constantFrom(...WORKS),
      text: fc.constantFrom('', 'doi:10.1000/182.', 'dx.doi.org/10.1000%2F182'),
    }),
    {
      maxLength: 2,
    },
  ),
  languages: fc.array(language, { maxLength: 3 }),
  country: fc.option(fc.constantFrom(...COUNTRIES)),
  hoursPerWeek: hours,
  minimumRateMinor: rate,
  rateCurrency: currency,
  isVisible: fc.boolean(),
  isActive: fc.boolean(),
  credentials: fc.array(credential, { maxLength: 3 }),
  authorisedIn: maybe(fc.subarray(COUNTRIES)),
  schedule: maybe(
    fc.record({
      timeZone: zone,
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      fromMinute: minute,
      toMinute: minute,
    }),
  ),
  engagedBy: fc.array(fc.record({ labId: fc.constantFrom('lab-1', 'lab-2'), isExclusive: fc.boolean() }), {
    maxLength: 2,
  }),
  employers: fc.array(fc.constantFrom(...EMPLOYERS), { maxLength: 2 }),
  declared: maybe(
    fc.uniqueArray(
      fc.record({
        labId: fc.constantFrom('lab-1', 'lab-2'),
        organisation: fc.constantFrom(...EMPLOYERS),
        competitor: fc.constantFrom('Acme Works', 'Other'),
        standing: fc.constantFrom('NO', 'YES', 'UNSETTLED', 'CLEARED', 'RAISED'),
        declaredAt: day,
      }),
      { maxLength: 3, selector: declarationKey },
    ),
  ),
});
const opening: fc.Arbitrary<OpeningDocument> = fc.record({
  ...{ id: fc.uuid(), title: fc.constant('x'), description: fc.constant('') },
  ...{ titles: fc.constant([]), skills: fc.constant([]) },
  credentials: fc.array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      label: fc.constant('licence'),
      jurisdiction: fc.constantFrom(...PLACES),
      issuers: maybe(fc.subarray(['goethe institut', 'CFA Institute', 'Nobody'])),
    }),
    { maxLength: 2 },
  ),
  languages: fc.array(language, { maxLength: 2 }),
  countries: maybe(fc.subarray(COUNTRIES)),
  ...{ isOnshore: fc.boolean(), needsAuthorisation: fc.boolean() },
  overlap: maybe(
    fc.record({
      timeZone: zone,
      fromMinute: minute,
      toMinute: minute,
      leastHours: fc.integer({ min: 1, max: 40 }),
    }),
  ),
  ...{ labId: fc.constantFrom('lab-1', 'lab-3'), isExclusive: fc.boolean() },
  evaluatedWorks: maybe(fc.subarray(['https://doi.org/10.1000/182', 'ON GATES, and fences'])),
  currency,
  rateMaxMinor: rate,
  hoursPerWeek: hours,
  ...{ firstDay: maybe(day), lastDay: maybe(day) },
  competitors: fc.subarray(['The acme works', 'Other']),
});

/** Codes of the gates that somebody does not pass. */
const stoppedBy = (gates: readonly Gate[]) =>
  new Set(gates.filter(({ outcome }) => outcome !== 'PASS').map(({ code }) => code));

/** Whether a gate stops somebody and all that it says of them is a question. */
const isOnlyAsked = (gates: readonly Gate[], asked: string) => {
  const stopping = gates.filter(({ code, outcome }) => code === asked && outcome !== 'PASS');
  return stopping.length > 0 && stopping.every(({ outcome }) => outcome === 'UNKNOWN');
};

describe('the gates of everybody at once', () => {
  it('let the same experts pass, and remove the same numbers, as the gates of one after the other', () => {
    fc.assert(
      fc.property(fc.array(expert, { maxLength: 30 }), opening, fc.boolean(), (all, work, isClosed) => {
        const index = new GateIndex();
        for (const each of all) index.add(each);
        if (isClosed) index.close();
        // The last one goes again.
        const experts = isClosed ? all.slice(0, -1) : all;
        if (experts.length < all.length) index.remove(all.length - 1);
        const { places, removed } = index.eligible(work);
        const gates = experts.map((each) => gatesOf(each, work));
        expect([...places]).toEqual(gates.flatMap((each, at) => (isEligible(each) ? [at] : [])));
        for (const code of new Set(gates.flat().map((gate) => gate.code)))
          expect(removed.find((each) => each.code === code)?.count ?? 0).toBe(
            gates.filter((each) => stoppedBy(each).has(code)).length,
          );
        for (const { code, unknown = 0 } of removed)
          expect([code, unknown]).toEqual([code, gates.filter((each) => isOnlyAsked(each, code)).length]);
        for (const { code, wouldPass } of removed)
          expect(wouldPass).toBe(
            gates.map(stoppedBy).filter((each) => each.size === 1 && each.has(code)).length,
          );
      }),
      { numRuns: 300 },
    );
  });
});
