import type { OpeningDocument } from '../documents';
import { pass, stop, type Gate, type GateOf } from './gate';

/** The expert's own lowest rate: compared with what is paid in the same currency, and asked for where it is said in another one. */
export function rate({ rateMaxMinor, currency }: OpeningDocument): GateOf {
  return ({ minimumRateMinor, rateCurrency }) => {
    if (!minimumRateMinor || rateMaxMinor === undefined) return undefined;
    if (rateCurrency !== currency) return inAnother(rateCurrency, currency);
    if (minimumRateMinor <= rateMaxMinor) return pass('RATE', 'The lowest rate is within the band.');
    return stop(
      'RATE',
      'FAIL',
      'Asks for more than the band.',
      'Your lowest rate is above what this work pays. Lower it in your profile if you would take it.',
    );
  };
}

/** A lowest rate that cannot be compared; nothing is asked where one of the two currencies is not said. */
function inAnother(own: string | undefined, paid: string | undefined): Gate | undefined {
  if (!own || !paid) return undefined;
  return stop(
    'RATE',
    'UNKNOWN',
    `Their lowest rate is in ${own} and this work is paid in ${paid}: the two cannot be compared, and no conversion is guessed.`,
    `This work is paid in ${paid} and your lowest rate is in ${own}. Say it in ${paid} in your profile to be matched.`,
  );
}

/** The hours that the expert offers: at least half of those that are wanted. */
export function hours({ hoursPerWeek: wanted }: OpeningDocument): GateOf {
  return ({ hoursPerWeek: own }) => {
    if (own === undefined || wanted === undefined) return undefined;
    const said = `Offers ${own} hours a week; ${wanted} are wanted.`;
    if (own >= wanted) return pass('HOURS', said);
    if (own * 2 >= wanted)
      return pass('HOURS', `Offers ${own} hours a week; ${wanted} are wanted, and half of that is enough.`);
    return stop(
      'HOURS',
      'FAIL',
      said,
      `This work wants ${wanted} hours a week; your profile offers ${own}. Raise it if you can.`,
    );
  };
}
