import type { OpeningDocument } from '../documents';
import { pass, stop, type GateOf } from './gate';

/** The expert's own lowest rate, in the opening's currency. */
export function rate({ rateMaxMinor, currency }: OpeningDocument): GateOf {
  return ({ minimumRateMinor, rateCurrency }) => {
    if (!minimumRateMinor || rateMaxMinor === undefined || rateCurrency !== currency) return undefined;
    if (minimumRateMinor <= rateMaxMinor) return pass('RATE', 'The lowest rate is within the band.');
    return stop(
      'RATE',
      'FAIL',
      'Asks for more than the band.',
      'Your lowest rate is above what this work pays. Lower it in your profile if you would take it.',
    );
  };
}

/** The hours that the expert offers: at least half of those that are wanted. */
export function hours({ hoursPerWeek: wanted }: OpeningDocument): GateOf {
  return ({ hoursPerWeek: own }) => {
    if (own === undefined || wanted === undefined) return undefined;
    const said = `Offers ${own} hours a week; ${wanted} are wanted.`;
    if (own * 2 >= wanted) return pass('HOURS', said);
    return stop(
      'HOURS',
      'FAIL',
      said,
      `This work wants ${wanted} hours a week; your profile offers ${own}. Raise it if you can.`,
    );
  };
}
