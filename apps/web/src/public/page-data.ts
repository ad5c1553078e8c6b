// What the public pages are drawn from: plain data that the API hands over. Amounts are strings of minor units.

/** An amount: minor units as text, and the currency. */
export interface Amount {
  readonly minor: string;
  readonly currency: string;
}

/** Three numbers that add up, worked out by the server. */
export interface TallyData {
  readonly price: Amount;
  readonly pay: Amount;
  readonly fee: Amount;
  /** Parts per million of agreed pay. */
  readonly takeRatePpm: number;
}

/** What an hour really paid: pay over all logged time, median over people; never of fewer than five people. */
export interface Realised {
  readonly median: Amount;
  readonly people: number;
}

/** A code and its words, for a list to choose from. */
export interface Choice {
  readonly code: string;
  readonly label: string;
}

/** An opening as lists show it. */
export interface OpeningRow {
  readonly id: string;
  readonly title: string;
  readonly projectTitle: string;
  readonly labName: string;
  readonly rung: Choice;
  readonly taskFamily: Choice;
  readonly rateMin: Amount;
  readonly rateMax: Amount;
  readonly seats: number;
  readonly seatsFree: number;
  readonly hoursPerWeek: number;
  readonly weeks: number;
  /** First day of the work, year-month-day; missing where it has come: whoever is engaged now begins at once. */
  readonly startsOn?: string;
  /** ISO 3166 two letters each; empty means anywhere. */
  readonly countries: readonly string[];
  readonly isAllPaid: boolean;
  readonly realised?: Realised;
}

/** The tally on the first page: a real day, or an example that says so. */
export interface DayTally {
  /** The UTC day, year-month-day; missing where it is an example. */
  readonly day?: string;
  /** Charged lines of that day. */
  readonly lines: number;
  readonly tally: TallyData;
}

export interface HomeData {
  readonly kind: 'HOME';
  readonly tally: DayTally;
  readonly takeRate: string;
  readonly reviewDays: number;
  readonly newest: readonly OpeningRow[];
  readonly openCount: number;
}

export interface RungData extends Choice {
  readonly line: string;
  readonly examples: readonly string[];
  readonly min: Amount;
  readonly max: Amount;
  readonly priceMin: Amount;
  readonly priceMax: Amount;
  readonly realised: readonly Realised[];
  readonly openCount: number;
}

export interface RateCardData {
  readonly kind: 'RATE_CARD';
  readonly rungs: readonly RungData[];
  /** Upper end of the scale that all bars share. */
  readonly scale: Amount;
  readonly takeRate: string;
  /** What it costs a lab to hire directly, in sentences. */
  readonly conversion: string;
  readonly asked: { readonly rung?: string; readonly taskFamily?: string };
  readonly choices: { readonly rungs: readonly Choice[]; readonly taskFamilies: readonly Choice[] };
}

export interface OpeningsFilter {
  readonly rung?: string;
  readonly taskFamily?: string;
  readonly country?: string;
  readonly search?: string;
}

export interface OpeningsData {
  readonly kind: 'OPENINGS';
  readonly rows: readonly OpeningRow[];
  /** How many openings the filter finds. */
  readonly total: number;
  readonly asked: OpeningsFilter;
  readonly choices: {
    readonly rungs: readonly Choice[];
    readonly taskFamilies: readonly Choice[];
    readonly countries: readonly string[];
  };
  /** Cursor after which the next page begins, where there is one. */
  readonly after?: string;
  /** Cursor before which the previous page ends, where there is one. */
  readonly before?: string;
  /** Where none matches: filters that do, each with the fewest parts left out. */
  readonly nearest: readonly { readonly filter: OpeningsFilter; readonly count: number }[];
}

export interface OpeningData {
  readonly kind: 'OPENING';
  readonly opening: OpeningRow;
  readonly state: 'OPEN' | 'FILLED' | 'CLOSED';
  readonly summary: string;
  readonly description: string;
  readonly skills: readonly { readonly label: string; readonly isRequired: boolean }[];
  /** In words. */
  readonly credentials: readonly string[];
  /** What is asked for beside skills, credentials, languages and countries, in sentences. */
  readonly conditions: readonly string[];
  readonly languages: readonly { readonly language: string; readonly level: string }[];
  readonly unpaidParts: string;
  readonly monitoring: string;
  readonly contentWarning: string;
  readonly lab: {
    readonly name: string;
    readonly country: string;
    readonly website?: string;
    readonly vettedOn?: string;
  };
  /** One hour at the upper end of the band. */
  readonly hour: TallyData;
  readonly takeRate: string;
  /** The same figure over all work on this rung. */
  readonly rungRealised?: Realised;
  readonly similar: readonly OpeningRow[];
  /** Structured data for search engines; only while it is open. */
  readonly posting?: object;
}

export interface ReportData {
  readonly kind: 'REPORT';
  readonly months: readonly {
    /** Year-month. */
    readonly month: string;
    readonly isComplete: boolean;
    readonly lines: number;
    readonly tally: TallyData;
  }[];
  readonly takeRate: string;
}

export interface PlainData {
  readonly kind: 'TERMS' | 'PRIVACY' | 'NOT_FOUND';
  readonly reviewDays: number;
  readonly takeRate: string;
}

/** Everything that a public page can be. */
export type PublicPage = HomeData | RateCardData | OpeningsData | OpeningData | ReportData | PlainData;

/** What a page stands in. */
export interface PageFrame {
  /** Its one address, in full. */
  readonly canonical: string;
  readonly theme?: 'light' | 'dark';
  readonly isSignedIn: boolean;
  readonly styles: readonly string[];
  /** Fonts that the first screen needs. */
  readonly fonts: readonly string[];
}

/** Draws a page as a whole HTML document. */
export type RenderPublicPage = (page: PublicPage, frame: PageFrame) => string;
