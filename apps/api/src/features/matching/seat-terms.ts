import { checkTerms, isDate, type Currency } from '@tallystick/domain';
import { z } from 'zod';
import { refusedBy } from '../../platform/errors/refused';
import type { SeatTerms } from './seats.repository';

/** The terms of openings whose seats are given, as a request names them. */
export const TermsOfSeats = z
  .array(
    z.object({
      openingId: z.uuid(),
      rateMinorPerHour: z.string().regex(/^\d{1,12}$/, 'write an amount'),
      weeklyCapHours: z.number().int(),
      noticeDays: z.number().int(),
      startsOn: z.string().refine(isDate, 'choose a day'),
    }),
  )
  .max(200);

/** An opening with the band that it promises, minor units. */
interface Banded {
  readonly id: string;
  readonly currency: string;
  readonly rateMinMinor: bigint;
  readonly rateMaxMinor: bigint;
}

/**
 * Refuses terms that nobody could be offered, as the offer itself would: RATE_OUTSIDE_BAND, CAP_OUT_OF_BOUNDS, NOTICE_OUT_OF_BOUNDS,
 * START_IN_PAST, each with the opening as its row. Openings without terms are left out.
 */
export function mustBeOfferable(openings: readonly Banded[], terms: readonly SeatTerms[], now: Date): void {
  for (const opening of openings) {
    const given = terms.find(({ openingId }) => openingId === opening.id);
    if (!given) continue;
    const currency = opening.currency as Currency;
    const { weeklyCapHours, noticeDays } = given;
    const asked = {
      ...{ currency, weeklyCapHours, noticeDays },
      rateMinorPerHour: BigInt(given.rateMinorPerHour),
      startsOn: new Date(`${given.startsOn}T00:00:00Z`),
    };
    const checked = checkTerms(asked, { ...opening, currency }, now);
    if (!checked.ok) throw refusedBy({ ...checked.refusal, rowId: opening.id });
  }
}
