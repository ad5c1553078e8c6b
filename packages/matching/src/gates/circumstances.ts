import type { ExpertDocument } from '../documents';
import { growingBytes, growingShorts, growingWords } from '../index/growing';
import { numberOf } from './gate-values';
import { bitIf, BITS, GONE } from './removed';

/** Hours a week of somebody who says none. */
export const NO_HOURS = 255;

/** What very many experts have in common: each is kept once. */
export interface Circumstance {
  readonly isActive: boolean;
  readonly isVisible: boolean;
  /** Empty where none is said. */
  readonly country: string;
  /** Whether they declare the right to work where they are; not said where they name no country. */
  readonly rightToWork: 'YES' | 'NO' | 'UNSAID';
  /** The currency of their lowest rate; empty where no rate or no currency is said. */
  readonly currency: string;
  /** Hours a week; `NO_HOURS` where none are said. */
  readonly hours: number;
}

/** The number of somebody who is not there any more. */
const NOBODYS = 0;
const NOBODY: Circumstance = {
  ...{ isActive: false, isVisible: false, country: '', rightToWork: 'UNSAID' },
  ...{ currency: '', hours: NO_HOURS },
};

/** The circumstances of everybody, by place, as numbers of those that there are. */
export class Circumstances {
  /** By number. */
  readonly all: Circumstance[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly own = growingWords();
  private readonly stops = growingShorts();
  private readonly hours = growingBytes();
  private readonly countries = growingShorts();
  private readonly countryNumbers = new Map<string, number>();
  private readonly currencies = growingShorts();
  private readonly currencyNumbers = new Map<string, number>();

  constructor() {
    this.keep(NOBODY);
  }

  /** Adds an expert at the next place. */
  add(expert: ExpertDocument): void {
    const circumstance = circumstanceOf(expert);
    const key = Object.values(circumstance).join(' ');
    const known = this.numbers.get(key);
    if (known === undefined) {
      this.numbers.set(key, this.all.length);
      this.keep(circumstance);
    }
    this.own.push(known ?? this.all.length - 1);
  }

  private keep(circumstance: Circumstance): void {
    const { currency, country, hours } = circumstance;
    this.all.push(circumstance);
    this.stops.push(stoppedBy(circumstance));
    this.hours.push(hours);
    this.countries.push(numberOf(this.countryNumbers, country));
    this.currencies.push(numberOf(this.currencyNumbers, currency));
  }

  get size(): number {
    return this.own.length;
  }

  get bytes(): number {
    return this.own.view.byteLength;
  }

  /** Of everybody the number of their circumstance. */
  get view(): Uint32Array {
    return this.own.view;
  }

  /** The gates that stop whoever has a circumstance, whatever is asked; that of the right to work where it is asked for. By its number. */
  get stopsByNumber(): Uint16Array {
    return this.stops.view;
  }

  /** A number for the country, by number of the circumstance. */
  get countryByNumber(): Uint16Array {
    return this.countries.view;
  }

  /** The countries, by their numbers. */
  get countryNames(): Iterable<string> {
    return this.countryNumbers.keys();
  }

  /** Hours a week, by number of the circumstance. */
  get hoursByNumber(): Uint8Array {
    return this.hours.view;
  }

  /** A number for the currency of the lowest rate, by number of the circumstance. */
  get currencyByNumber(): Uint16Array {
    return this.currencies.view;
  }

  /** The currencies, by their numbers. */
  get currencyNames(): Iterable<string> {
    return this.currencyNumbers.keys();
  }

  /** The number of a currency; undefined where nobody has it. */
  currencyNumber(currency: string): number | undefined {
    return this.currencyNumbers.get(currency);
  }

  remove(at: number): void {
    this.own.set(at, NOBODYS);
  }

  isGone(at: number): boolean {
    return this.own.at(at) === NOBODYS;
  }

  at(place: number): Circumstance {
    return this.all[this.own.at(place)] as Circumstance;
  }
}

function stoppedBy(circumstance: Circumstance): number {
  if (circumstance === NOBODY) return GONE;
  const { isActive, isVisible, rightToWork } = circumstance;
  return (
    bitIf(!isActive, BITS.SUSPENDED) |
    bitIf(isActive && !isVisible, BITS.CONSENT) |
    bitIf(rightToWork !== 'YES', BITS.AUTHORISATION)
  );
}

function circumstanceOf(expert: ExpertDocument): Circumstance {
  const { country, authorisedIn, hoursPerWeek, minimumRateMinor, rateCurrency } = expert;
  return {
    isActive: expert.isActive !== false,
    isVisible: expert.isVisible !== false,
    country: country ?? '',
    rightToWork: !country || !authorisedIn?.length ? 'UNSAID' : authorisedIn.includes(country) ? 'YES' : 'NO',
    currency: (minimumRateMinor && rateCurrency) || '',
    hours: hoursPerWeek === undefined ? NO_HOURS : Math.min(NO_HOURS - 1, hoursPerWeek),
  };
}
