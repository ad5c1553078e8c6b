import type { CredentialFact, ExpertDocument } from '../documents';
import { languageOf, termsOf, wordsOf } from '../text/tokens';

const MOST_NAMED = 4;
/** A word that more than this share of the candidates uses tells nobody apart. */
const COMMON = 0.5;
/** Shorter words say little by themselves. */
const LEAST_LETTERS = 5;
/** Fewer words in common are chance. */
const LEAST_WORDS = 2;

/** What an expert shares with others, in words that a lab can look up on both profiles. */
export class Shared {
  private readonly skills: ReadonlySet<string>;
  private readonly titles: ReadonlySet<string>;
  private readonly words: ReadonlyMap<string, string>;
  /** How many of the candidates use a term. */
  private readonly users = new Map<string, number>();
  private readonly wordsOfOthers = new Map<string, ReadonlyMap<string, string>>();

  constructor(
    private readonly expert: ExpertDocument,
    others: readonly ExpertDocument[],
    private readonly now: Date,
  ) {
    this.skills = new Set(expert.skills.map(plain));
    this.titles = new Set([expert.headline, ...expert.titles].map(plain));
    this.words = workWords(expert);
    for (const other of others) {
      const words = workWords(other);
      this.wordsOfOthers.set(other.id, words);
      for (const term of words.keys()) this.users.set(term, (this.users.get(term) ?? 0) + 1);
    }
  }

  /** Up to four sentences about what somebody shares; none where nothing can be named. */
  with(other: ExpertDocument): string[] {
    const titles = [other.headline, ...other.titles].filter(
      (title) => title && this.titles.has(plain(title)),
    );
    return [
      sentence('The same title', [...new Set(titles)]),
      sentence('Both hold', this.credentials(other)),
      sentence(
        'Both name',
        other.skills.filter((label) => this.skills.has(plain(label))),
      ),
      sentence('Their work has in common', this.rareWords(other)),
    ].flatMap((each) => each ?? []);
  }

  private credentials({ credentials = [] }: ExpertDocument): string[] {
    const own = new Set(this.held(this.expert.credentials ?? []).map(keyOf));
    return [
      ...new Set(
        this.held(credentials)
          .filter((each) => own.has(keyOf(each)))
          .map(({ label, jurisdiction }) => (jurisdiction ? `${label} (${jurisdiction})` : label)),
      ),
    ];
  }

  private held(credentials: readonly CredentialFact[]): CredentialFact[] {
    return credentials.filter(
      ({ state, expiresOn }) =>
        (state === 'VERIFIED' || state === 'EXPIRING') && (expiresOn === null || expiresOn > this.now),
    );
  }

  /** Words of both that the fewest others use, as the expert writes them. */
  private rareWords({ id }: ExpertDocument): string[] {
    const theirs = this.wordsOfOthers.get(id) ?? new Map<string, string>();
    const most = Math.max(2, COMMON * this.wordsOfOthers.size);
    const terms = [...this.words.keys()]
      .filter((term) => theirs.has(term) && (this.users.get(term) ?? 0) <= most)
      .sort((a, b) => (this.users.get(a) ?? 0) - (this.users.get(b) ?? 0) || (a < b ? -1 : 1));
    return terms.length < LEAST_WORDS ? [] : terms.map((term) => this.words.get(term) ?? term);
  }
}

/** The words of what somebody shows of their work, by their terms. */
function workWords({ headline, bio, evidence, textLanguage }: ExpertDocument): ReadonlyMap<string, string> {
  const text = [headline, bio, ...evidence.flatMap(({ title, text: more }) => [title, more])].join('\n');
  const language = textLanguage ?? languageOf(text);
  const words = new Map<string, string>();
  for (const word of new Set(wordsOf(text))) {
    const [term] = word.length < LEAST_LETTERS ? [] : termsOf(word, language);
    if (term !== undefined && !words.has(term)) words.set(term, word);
  }
  return words;
}

function sentence(begin: string, named: readonly string[]): string | undefined {
  return named.length === 0 ? undefined : `${begin}: ${named.slice(0, MOST_NAMED).join(', ')}.`;
}

function keyOf({ type, jurisdiction }: CredentialFact): string {
  return `${type} ${jurisdiction ?? ''}`;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
