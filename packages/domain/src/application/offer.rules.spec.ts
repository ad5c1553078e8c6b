import { checkOffer, type OfferedOpening } from './offer.rules';

const NOW = new Date('2026-11-29T08:00:00Z');

describe('an offer', () => {
  const offered = (currency: OfferedOpening['currency']) =>
    checkOffer(
      { currency, rateMinorPerHour: 5_000n, weeklyCapHours: 10, noticeDays: 7, startsOn: NOW },
      { currency, rateMinMinor: 4_000n, rateMaxMinor: 6_000n, seatsLeft: 1, isOpen: true },
      NOW,
    );

  it('is in a currency in which the lab can put money in; another is refused with those that work', () => {
    expect(offered('EUR').ok).toBe(true);
    expect(offered('KWD')).toMatchObject({
      ok: false,
      refusal: {
        code: 'CURRENCY_WITHOUT_FUNDING',
        message: expect.stringContaining('post it again in USD, EUR, GBP, or JPY'),
      },
    });
  });
});
