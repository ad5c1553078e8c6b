import { dayOf, isProvenUntil } from '@tallystick/domain';
import {
  credentialKeys,
  GATE_CODES,
  LEVELS,
  printOf,
  removedTogether,
  searchTextOf,
  UNDECIDED,
  wantedKeys,
  type ExpertDocument,
  type Gate,
  type GateCode,
  type OccupationIndex,
  type OpeningDocument,
  type Removed,
  type SearchText,
} from '@tallystick/matching';
import { serialize } from 'node:v8';
import type { PlainGates, PlainWishes, SearchRow } from './search.repository';

const DAY_MS = 86_400_000;
const NO_DAY = new Date(0);
const NO_HOURS = 255;
/** The gates that PostgreSQL asks, by their bits. */
const PLAIN: readonly GateCode[] = ['CONSENT', 'CREDENTIAL', 'LANGUAGE', 'COUNTRY', 'RATE', 'HOURS'];
/** Their bits for who is only asked something. */
const ASKING: Partial<Record<GateCode, number>> = { RATE: 64, CREDENTIAL: 128, LANGUAGE: 256, COUNTRY: 512 };

/** What the other gates do to those who pass the plain ones. @param found the gates of each of them */
export function furtherRemoved(found: readonly (readonly Gate[])[]): Removed[] {
  const stopping = found.map((gates) => gates.filter(({ outcome }) => outcome !== 'PASS'));
  return GATE_CODES.map((code) => {
    const own = stopping.filter((gates) => gates.some((gate) => gate.code === code));
    const isAsked = (gates: readonly Gate[]) =>
      gates.every((gate) => gate.code !== code || gate.outcome === 'UNKNOWN');
    const unknown = own.filter(isAsked).length;
    return {
      code,
      count: own.length,
      wouldPass: own.filter((gates) => gates.every((gate) => gate.code === code)).length,
      ...(unknown > 0 && { unknown }),
    };
  }).filter(({ count }) => count > 0);
}

/** What a gate does. */
export interface CountedGate extends Removed {
  /** True where only those were counted at it who pass every gate that PostgreSQL can ask. */
  readonly isInPart?: boolean;
}

/** What all gates do. @param plain those that PostgreSQL asks of everybody, @param further those that were asked of who passes these */
export function removedByAll(plain: readonly Removed[], further: readonly Removed[]): CountedGate[] {
  const inPart = new Set(further.map(({ code }) => code));
  return removedTogether([plain, further]).map((gate) =>
    inPart.has(gate.code) ? { ...gate, isInPart: true } : gate,
  );
}

/** An expert as PostgreSQL finds them. @param madeWith what the lexemes are made with */
export function searchRowOf(
  expert: ExpertDocument,
  occupations: OccupationIndex,
  madeWith: string,
): SearchRow {
  const held = (expert.credentials ?? [])
    .filter(({ state, expiresOn }) => isProvenUntil(state, expiresOn, NO_DAY))
    .flatMap((each) =>
      credentialKeys(each).map((key) => ({
        key,
        until: each.expiresOn ? dayOf(each.expiresOn) : 'infinity',
      })),
    );
  // The first entry of a language is the one that counts.
  const spoken = new Map<string, number>();
  for (const { language, level } of expert.languages)
    if (!spoken.has(language.toLowerCase())) spoken.set(language.toLowerCase(), LEVELS.indexOf(level) + 1);
  const { lexemes, lengths, itemLengths } = searchTextOf(expert, occupations);
  const [high, low] = printOf(expert);
  return {
    expert_id: expert.id,
    made_with: madeWith,
    lexemes: writtenOut(lexemes),
    ...{
      profile_length: lengths.p,
      title_length: lengths.t,
      piece_length: lengths.g,
      item_lengths: itemLengths,
    },
    is_visible: expert.isVisible !== false,
    country: expert.country ?? '',
    rate_minor: String(expert.minimumRateMinor ?? 0n),
    currency: expert.rateCurrency ?? '',
    hours: expert.hoursPerWeek ?? NO_HOURS,
    credential_keys: held.map(({ key }) => key),
    credential_until: held.map(({ until }) => until),
    undecided_keys: (expert.credentials ?? [])
      .filter(({ state }) => UNDECIDED.includes(state))
      .flatMap((each) => credentialKeys(each)),
    languages: [...spoken.keys()],
    language_levels: [...spoken.values()],
    engaged_hours: expert.engagedHours ?? 0,
    ...{ quality: expert.quality ?? 0, timeliness: expert.timeliness ?? 0 },
    ...{ print_high: high, print_low: low },
    document: serialize(expert).toString('base64'),
  };
}

/** Lexemes as PostgreSQL reads them. */
function writtenOut(lexemes: SearchText['lexemes']): string {
  return [...lexemes]
    .map(([lexeme, numbers]) => `'${lexeme.replace(/['\\]/g, '$&$&')}':${numbers.join(',')}`)
    .join(' ');
}

/** What an opening asks beside its words. */
export function plainWishesOf({ currency, rateMaxMinor, hoursPerWeek }: OpeningDocument): PlainWishes {
  return {
    ceiling: rateMaxMinor?.toString() ?? null,
    currency: currency ?? null,
    wanted: hoursPerWeek ?? null,
  };
}

/** The plain gates of an opening. */
export function plainGatesOf(opening: OpeningDocument): PlainGates {
  const { languages = [], countries = [], currency, rateMaxMinor, hoursPerWeek, lastDay = NO_DAY } = opening;
  return {
    credentials: wantedKeys(opening),
    lastDay: dayOf(new Date(Math.ceil(lastDay.getTime() / DAY_MS) * DAY_MS)),
    languages: languages.map(({ language, level }) => ({
      language: language.toLowerCase(),
      level: LEVELS.indexOf(level) + 1,
    })),
    countries,
    currency: currency ?? null,
    rateMax: rateMaxMinor?.toString() ?? null,
    leastHours: hoursPerWeek === undefined ? null : hoursPerWeek / 2,
  };
}

/** What each plain gate does, the one that removes most first, and how many pass all of them. */
export function plainlyRemoved(counts: readonly { readonly stops: number; readonly experts: number }[]): {
  size: number;
  passing: number;
  removed: Removed[];
} {
  const sum = (isCounted: (stops: number) => boolean) =>
    counts.reduce((total, { stops, experts }) => total + (isCounted(stops) ? experts : 0), 0);
  return {
    size: sum(() => true),
    passing: sum((stops) => stops === 0),
    removed: PLAIN.map((code, place) => {
      const asking = ASKING[code] ?? 0;
      const both = (1 << place) | asking;
      const unknown = sum((stops) => asking !== 0 && (stops & both) === asking);
      return {
        code,
        count: sum((stops) => (stops & both) !== 0),
        wouldPass: sum((stops) => stops !== 0 && (stops & ~both) === 0),
        ...(unknown > 0 && { unknown }),
      };
    })
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  };
}
