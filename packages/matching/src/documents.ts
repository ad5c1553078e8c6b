/** What is known of an expert for matching. Names, photos, gender, age and nationality have no place here. */
export interface ExpertDocument {
  readonly id: string;
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
  readonly isProvenUntil: (day: Date) => boolean;
  readonly expiresOn: Date | null;
}

/** What an opening asks for. */
export interface OpeningDocument {
  readonly id: string;
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
