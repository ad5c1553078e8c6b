import type { ExpertDocument } from '../documents';
import { growingBytes, growingShorts, growingWords } from '../index/growing';

/** Hours a week of somebody who says none. */
export const NO_HOURS = 255;

/** What very many experts have in common: each is kept once. */
export interface Circumstance {
  readonly isActive: boolean;
  readonly isVisible: boolean;
  /** Empty where none is said. */
  readonly country: string;
  /** Whether they declare the right to work where they are. */
  readonly isAuthorised: boolean;
  /** The currency of their lowest rate; empty where none is said. */
  readonly currency: string;
  /** Hours a week; `NO_HOURS` where none are said. */
  readonly hours: number;
}

/** Of somebody who is not there any more. */
const GONE = 0;
const NOBODY: Circumstance = {
  ...{ isActive: false, isVisible: false, country: '', isAuthorised: false },
  ...{ currency: '', hours: NO_HOURS },
};

/** The circumstances of everybody, by place, as numbers of those that there are. */
export class Circumstances {
  /** By number. */
  readonly all: Circumstance[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly own = growingWords();
  private readonly hours = growingBytes();
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
    const { currency, hours } = circumstance;
    const number = this.currencyNumbers.get(currency) ?? this.currencyNumbers.size;
    this.currencyNumbers.set(currency, number);
    this.all.push(circumstance);
    this.hours.push(hours);
    this.currencies.push(number);
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

  /** Hours a week, by number of the circumstance. */
  get hoursByNumber(): Uint8Array {
    return this.hours.view;
  }

  /** A number for the currency of the lowest rate, by number of the circumstance. */
  get currencyByNumber(): Uint16Array {
    return this.currencies.view;
  }

  /** The number of a currency; undefined where nobody has it. */
  currencyNumber(currency: string): number | undefined {
    return this.currencyNumbers.get(currency);
  }

  remove(at: number): void {
    this.own.set(at, GONE);
  }

  isGone(at: number): boolean {
    return this.own.at(at) === GONE;
  }

  at(place: number): Circumstance {
    return this.all[this.own.at(place)] as Circumstance;
  }
}

/** Whether it is nobody's any more. */
export function isNobodys(circumstance: Circumstance): boolean {
  return circumstance === NOBODY;
}

function circumstanceOf(expert: ExpertDocument): Circumstance {
  const { country, authorisedIn, hoursPerWeek, rateCurrency } = expert;
  return {
    isActive: expert.isActive !== false,
    isVisible: expert.isVisible !== false,
    country: country ?? '',
    isAuthorised: !!country && authorisedIn?.includes(country) === true,
    currency: rateCurrency ?? '',
    hours: hoursPerWeek === undefined ? NO_HOURS : Math.min(NO_HOURS - 1, hoursPerWeek),
  };
}
