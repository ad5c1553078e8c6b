import type { ConflictStanding } from '@tallystick/domain';
import { languageOf, type LanguageCode } from './text/tokens';

/** What is known of an expert for matching. Names, photos, gender, age and nationality have no place here. */
export interface ExpertDocument {
  readonly id: string;
  /** The language of the texts; found from them where it is not given. */
  readonly textLanguage?: LanguageCode;
  readonly headline: string;
  readonly bio: string;
  readonly titles: readonly string[];
  readonly skills: readonly string[];
  readonly evidence: readonly { readonly id?: string; readonly title: string; readonly text: string }[];
  readonly languages: readonly { readonly language: string; readonly level: string }[];
  readonly country: string | null;
  readonly hoursPerWeek?: number;
  readonly minimumRateMinor?: bigint;
  readonly rateCurrency?: string;
  readonly isVisible?: boolean;
  readonly isActive?: boolean;
  readonly credentials?: readonly CredentialFact[];
  /** Organisations at which the expert works now. */
  readonly employers?: readonly string[];
  /** What they declared of these, asked for a lab, and what its people decided on that; absent where nothing. */
  readonly declared?: readonly DeclaredConflict[];
  /** Countries in which the expert declares that they may lawfully work; none where they have not said. */
  readonly authorisedIn?: readonly string[];
  /** When the expert works; absent where they have not said. */
  readonly schedule?: Schedule;
  /** Labs for which the expert works now. */
  readonly engagedBy?: readonly { readonly labId: string; readonly isExclusive: boolean }[];
  /** Hours a week that running work may take. */
  readonly engagedHours?: number;
  /** How often their weeks pass, as far as that is known, 0 to 1; absent where nothing is known of anybody. */
  readonly quality?: number;
  /** How often their weeks are handed in in time, 0 to 1; absent where nothing is known of anybody. */
  readonly timeliness?: number;
  /** True where they have worked here for fewer than five weeks. */
  readonly isNewcomer?: boolean;
  /** How often they were shown to labs in the last 28 days, as a multiple of an even share. */
  readonly exposure?: number;
}

/** The same hours on some days of every week, as the clock shows them in a time zone. */
export interface Schedule {
  /** IANA name. */
  readonly timeZone: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
  /** Minutes from midnight. */
  readonly fromMinute: number;
  /** Minutes from midnight; before `fromMinute` where the work goes past it. */
  readonly toMinute: number;
}

/** How it stands, for one lab, with an organisation at which an expert works and one of its competitors whose name is alike. */
export interface DeclaredConflict {
  readonly labId: string;
  readonly organisation: string;
  readonly competitor: string;
  readonly standing: ConflictStanding;
  /** When the expert declared it. */
  readonly declaredAt: Date;
}

export interface CredentialFact {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly jurisdiction: string | null;
  /** Who issued it, where that is told apart. */
  readonly issuer?: string | null;
  readonly state: string;
  readonly expiresOn: Date | null;
}

/** A credential that an opening requires. */
export interface RequiredCredential {
  readonly type: string;
  readonly label: string;
  readonly jurisdiction: string | null;
  /** Issuers of which any is accepted; every issuer where none is named. */
  readonly issuers?: readonly string[];
}

/** What an opening asks for. */
export interface OpeningDocument {
  readonly id: string;
  /** The language of the texts; found from them where it is not given. */
  readonly textLanguage?: LanguageCode;
  readonly title: string;
  readonly description: string;
  readonly titles: readonly string[];
  readonly skills: readonly { readonly label: string; readonly isRequired: boolean }[];
  readonly credentials?: readonly RequiredCredential[];
  readonly languages?: readonly { readonly language: string; readonly level: string }[];
  /** Countries from which it may be done; anywhere where none is named. */
  readonly countries?: readonly string[];
  /** True where the work stays in the lab's own country; `countries` then names it. */
  readonly isOnshore?: boolean;
  /** True where the expert must have the right to work where they are. */
  readonly needsAuthorisation?: boolean;
  /** Hours a week in which the expert must be at work within a window of every working day. */
  readonly overlap?: {
    readonly timeZone: string;
    readonly fromMinute: number;
    readonly toMinute: number;
    readonly leastHours: number;
  };
  readonly currency?: string;
  readonly rateMaxMinor?: bigint;
  readonly hoursPerWeek?: number;
  readonly firstDay?: Date;
  /** Last day of the work: credentials must hold until then. */
  readonly lastDay?: Date;
  readonly competitors?: readonly string[];
  readonly labId?: string;
  /** True where who does this work does none for another lab. */
  readonly isExclusive?: boolean;
  /** Works that are evaluated, by title or DOI: who wrote one does not judge it. */
  readonly evaluatedWorks?: readonly string[];
}

/** The language in which an expert's texts are read. */
export function languageOfExpert(expert: ExpertDocument): LanguageCode {
  if (expert.textLanguage) return expert.textLanguage;
  const { headline, titles, bio, evidence } = expert;
  return languageOf(
    [headline, ...titles, bio, ...evidence.flatMap(({ title, text }) => [title, text])]
      .join(' ')
      .slice(0, MOST_READ),
  );
}

/** The language in which an opening's texts are read. */
export function languageOfOpening({
  textLanguage,
  title,
  titles,
  description,
}: OpeningDocument): LanguageCode {
  return textLanguage ?? languageOf([title, ...titles, description].join(' ').slice(0, MOST_READ));
}

/** So much of a text tells its language. */
const MOST_READ = 2000;
