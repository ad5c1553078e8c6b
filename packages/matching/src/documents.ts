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
}

export interface CredentialFact {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly jurisdiction: string | null;
  readonly state: string;
  readonly expiresOn: Date | null;
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
  readonly credentials?: readonly {
    readonly type: string;
    readonly label: string;
    readonly jurisdiction: string | null;
  }[];
  readonly languages?: readonly { readonly language: string; readonly level: string }[];
  readonly countries?: readonly string[];
  readonly currency?: string;
  readonly rateMaxMinor?: bigint;
  readonly hoursPerWeek?: number;
  /** Last day of the work: credentials must hold until then. */
  readonly lastDay?: Date;
  readonly competitors?: readonly string[];
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
