import { credentialKeys } from '../gates/credential-keys';
import { GateIndex } from '../gates/gate-index';
import { languageOfExpert, type ExpertDocument } from '../documents';
import { OccupationIndex } from '../taxonomy/occupation-index';
import { termsOf, trigramsOf, type LanguageCode } from '../text/tokens';
import { counted } from './counted';
import { growingWords } from './growing';
import { EvenSample } from './even-sample';
import { LinkRows } from './link-rows';
import { addTerms, PostingsBuilder, type Postings } from './postings';
import { plainStatistics, POSTINGS, type PlainStatistics, type Statistics } from './statistics';
import { LEAST_WORDS, TextSample, TOPICS, Topics, TopicWriter, type Basis } from './topics';
import { WorkColumns } from './work-columns';

/** Weights of the fields of a profile. */
const FIELD = { headline: 3, titles: 3, skills: 3, bio: 0.7, evidence: 1 } as const;

/** What matching knows of all experts, in typed arrays, by their place. Immutable. */
export interface ExpertIndex {
  readonly size: number;
  readonly profiles: Postings;
  readonly titleWords: Postings;
  readonly titleTrigrams: Postings;
  readonly skills: Postings;
  readonly credentials: Postings;
  readonly items: Postings;
  /** Where the evidence items of each expert begin; one more for the end. */
  readonly itemStarts: Uint32Array;
  readonly topics: Topics;
  /** Where the texts of each expert begin among those of the topics; one more for the end. */
  readonly topicStarts: Uint32Array;
  readonly gates: GateIndex;
  readonly work: WorkColumns;
  /** Places of the experts over whom averages are taken, ascending. */
  readonly sample: Uint32Array;
  /** The occupations that each may have, in rows of `LINK_ROW` numbers. */
  readonly links: Uint16Array;
}

/** Bytes of an index in typed arrays. */
export function bytesOf(index: ExpertIndex): number {
  const { profiles, titleWords, titleTrigrams, skills, credentials, items, gates, topics, work } = index;
  const postings = [profiles, titleWords, titleTrigrams, skills, credentials, items];
  const arrays = [index.itemStarts, index.topicStarts, index.links, topics.vectors];
  return [
    ...postings.map(({ bytes }) => bytes),
    ...arrays.map(({ byteLength }) => byteLength),
    gates.bytes,
    work.bytes,
  ].reduce((sum, each) => sum + each, 0);
}

/** Builds the index of experts, in the order in which they come. */
export class ExpertIndexBuilder {
  private size = 0;
  private readonly builders;
  private readonly itemStarts = growingWords();
  private itemCount = 0;
  private readonly texts = new TextSample();
  private readonly topicStarts = growingWords();
  private readonly gates = new GateIndex();
  private readonly work = new WorkColumns();
  private readonly sample = new EvenSample();
  private readonly links = new LinkRows();

  /** @param shared what is known of all experts, where these are only some of them; their own without it */
  constructor(
    private readonly occupations: OccupationIndex,
    private readonly shared?: Statistics,
  ) {
    const counts = shared?.counts;
    this.builders = {
      profiles: new PostingsBuilder(false, counts?.profiles),
      titleWords: new PostingsBuilder(false, counts?.titleWords),
      titleTrigrams: new PostingsBuilder(false, counts?.titleTrigrams),
      skills: new PostingsBuilder(true, counts?.skills),
      credentials: new PostingsBuilder(true, counts?.credentials),
      items: new PostingsBuilder(false, counts?.items),
    };
  }

  add(expert: ExpertDocument): void {
    this.topicStarts.push(this.texts.size);
    this.itemStarts.push(this.itemCount);
    const titles = titlesOf(expert);
    const language = languageOfExpert(expert);
    const profile = profileTerms(expert, language);
    this.builders.profiles.add(profile);
    this.builders.titleWords.add(counted(titles.flatMap((title) => termsOf(title, language))));
    this.builders.titleTrigrams.add(counted(titles.flatMap((title) => trigramsOf(title, language))));
    this.builders.skills.add(new Map(expert.skills.map((skill) => [skillKey(skill), 1])));
    this.builders.credentials.add(credentialTerms(expert));
    this.links.add(this.occupations.linksOf(titles));
    if (profile.size >= LEAST_WORDS) this.addText(profile);
    for (const item of expert.evidence) this.addItem(itemTerms(item, language));
    this.gates.add(expert);
    this.work.add(expert);
    this.sample.add(expert.id);
    this.size += 1;
  }

  /** What these experts tell of all, as plain data; before the index is built. @param id names them */
  statistics(id: string): PlainStatistics {
    const counts = Object.fromEntries(POSTINGS.map((name) => [name, this.builders[name].counted]));
    return plainStatistics(id, counts as PlainStatistics['counts'], this.texts.basis());
  }

  build(): ExpertIndex {
    const { builders } = this;
    this.gates.close();
    this.topicStarts.push(this.texts.size);
    this.itemStarts.push(this.itemCount);
    const topics = this.topics(this.shared?.basis ?? this.texts.basis());
    return {
      size: this.size,
      profiles: builders.profiles.build(),
      titleWords: builders.titleWords.build(),
      titleTrigrams: builders.titleTrigrams.build(),
      skills: builders.skills.build(),
      credentials: builders.credentials.build(),
      items: builders.items.build(),
      itemStarts: this.itemStarts.view,
      topics,
      topicStarts: this.topicStarts.view,
      gates: this.gates,
      work: this.work,
      sample: this.sample.places(this.shared?.counts.profiles.documents ?? this.size),
      links: this.links.view,
    };
  }

  private addItem(terms: readonly string[]): void {
    const counts = counted(terms);
    this.builders.items.add(counts);
    this.itemCount += 1;
    this.addText(counts);
  }

  /** Where the words that go together are known, no text is kept to find them. */
  private addText(text: ReadonlyMap<string, number>): void {
    if (this.shared) this.texts.size += 1;
    else this.texts.add(text);
  }

  /** The field of every text: of each expert the profile where it says enough, then each item. */
  private topics(basis: Basis): Topics {
    const vectors = new Int8Array(basis.size === 0 ? 0 : this.texts.size * TOPICS);
    if (basis.size === 0) return new Topics(basis, vectors);
    const { profiles, items } = this.builders;
    const [profile, work] = [new TopicWriter(basis, profiles.terms), new TopicWriter(basis, items.terms)];
    const starts = this.itemStarts.view;
    for (let at = 0, item = 0, text = 0; at < this.size; at++) {
      const document = profiles.document(at);
      if (document.terms.length >= LEAST_WORDS) profile.write(document, vectors, text++);
      for (; item < (starts[at + 1] as number); item++) work.write(items.document(item), vectors, text++);
    }
    return new Topics(basis, vectors);
  }
}

/** Skills come again and again: of so many the keys are kept. */
const MOST_KEYS = 50_000;
const skillKeys = new Map<string, string>();

/** A skill as it is compared: its words, stemmed. */
export function skillKey(label: string): string {
  const known = skillKeys.get(label);
  if (known !== undefined) return known;
  const key = termsOf(label, 'en').join(' ');
  if (skillKeys.size < MOST_KEYS) skillKeys.set(label, key);
  return key;
}

/** What a verified credential proves: its kind anywhere, and where it holds. */
function credentialTerms(expert: ExpertDocument): Map<string, number> {
  const verified = (expert.credentials ?? []).filter(
    ({ state }) => state === 'VERIFIED' || state === 'EXPIRING',
  );
  return new Map(verified.flatMap(credentialKeys).map((key) => [key, 1]));
}

/** What an expert calls their work. */
export function titlesOf({ headline, titles }: ExpertDocument): string[] {
  return [headline, ...titles].filter((title) => title !== '');
}

/** The words of an item of evidence; those of its title count twice. */
export function itemTerms(
  { title, text }: ExpertDocument['evidence'][number],
  language: LanguageCode,
): string[] {
  return termsOf(`${title} ${title} ${text}`, language);
}

/** The words of a profile, each with the weight of its fields. */
export function profileTerms(expert: ExpertDocument, language: LanguageCode): Map<string, number> {
  const terms = new Map<string, number>();
  addTerms(terms, termsOf(expert.headline, language), FIELD.headline);
  for (const title of expert.titles) addTerms(terms, termsOf(title, language), FIELD.titles);
  for (const skill of expert.skills) addTerms(terms, termsOf(skill, language), FIELD.skills);
  addTerms(terms, termsOf(expert.bio, language), FIELD.bio);
  return terms;
}
