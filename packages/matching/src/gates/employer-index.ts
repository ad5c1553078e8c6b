import { ALIKE_FROM, likenessOf, type OrganisationName } from '@tallystick/domain';
import type { ExpertDocument, OpeningDocument } from '../documents';
import { growingBytes, growingWords } from '../index/growing';
import { OUTCOMES } from './conflict-gate';
import { Holders } from './holders';
import { declarationKey, knownOrganisation } from './named-organisations';

/** Whom the gate of conflicts stops, by place, ascending: who fails, and who is unknown and does not fail. */
export interface Conflicts {
  readonly failing: Uint32Array;
  readonly unknown: Uint32Array;
}

type Postings = Map<string, ReturnType<typeof growingWords>>;
/** Of so many competitors it is kept which employers are alike. */
const MOST_KEPT = 10_000;

/** Who works where, by name, and which of the names are like another one: what `conflict-gate` says, for everybody at once. */
export class EmployerIndex {
  /** Who works for an organisation, by its name as it is written. */
  private readonly holders = new Holders('bytes');
  private readonly numbers = new Map<string, number>();
  private readonly names: OwnName[] = [];
  private readonly byKey = new Map<string, string[]>();
  private readonly words: Postings = new Map();
  private readonly trigrams: Postings = new Map();
  /** Of each name how many words and trigrams it has. */
  private readonly wordCounts = growingBytes();
  private readonly trigramCounts = growingBytes();
  /** Who declared something, by whom it was asked and of what, with its outcome. */
  private readonly declared = new Holders('bytes');
  private readonly alike = new Map<string, readonly string[]>();

  add({ employers = [], declared = [] }: ExpertDocument, at: number): void {
    for (const employer of employers) {
      this.addName(employer);
      this.holders.add(employer, at, 0);
    }
    for (const each of declared)
      this.declared.add(`${OUTCOMES[each.standing]}\n${declarationKey(each)}`, at, 0);
  }

  /** Nobody is added any more. */
  close(size: number): void {
    for (const holders of [this.holders, this.declared]) holders.close(size);
  }

  get bytes(): number {
    let sum = this.holders.bytes + this.declared.bytes + 2 * this.names.length;
    for (const postings of [this.words, this.trigrams])
      for (const { view } of postings.values()) sum += view.byteLength;
    return sum;
  }

  /** Whom the conflicts of an opening's lab stop. */
  conflictsOf({ competitors = [], labId = '' }: OpeningDocument): Conflicts {
    const [failing, unknown] = [new Set<number>(), new Set<number>()];
    for (const competitor of competitors) {
      const named = knownOrganisation(competitor);
      for (const name of this.byKey.get(named.key) ?? [])
        for (const at of this.holders.of(name)) failing.add(at);
      for (const organisation of this.alikeTo(named)) {
        const key = declarationKey({ labId, organisation, competitor });
        const [passed, failed] = ['PASS', 'FAIL'].map(
          (outcome) => new Set(this.declared.of(`${outcome}\n${key}`)),
        );
        for (const at of this.holders.of(organisation))
          if (failed?.has(at)) failing.add(at);
          else if (!passed?.has(at)) unknown.add(at);
      }
    }
    for (const at of failing) unknown.delete(at);
    return { failing: Uint32Array.from(failing).sort(), unknown: Uint32Array.from(unknown).sort() };
  }

  private addName(name: string): void {
    if (this.numbers.has(name)) return;
    const number = this.names.length;
    const { key, words, trigrams, numbers } = knownOrganisation(name);
    this.numbers.set(name, number);
    this.names.push({ name, numbers });
    this.byKey.set(key, [...(this.byKey.get(key) ?? []), name]);
    this.wordCounts.push(Math.min(255, words.size));
    this.trigramCounts.push(Math.min(255, trigrams.size));
    for (const word of words) post(this.words, word, number);
    for (const trigram of trigrams) post(this.trigrams, trigram, number);
    this.alike.clear();
  }

  /** The names that are like another one, without those that are the same. */
  private alikeTo(named: OrganisationName): readonly string[] {
    const known = this.alike.get(named.name);
    if (known) return known;
    const [words, trigrams] = [
      this.shared(this.words, named.words),
      this.shared(this.trigrams, named.trigrams),
    ];
    const found: string[] = [];
    for (let number = 0; number < this.names.length; number++) {
      const [both, own] = [trigrams[number] as number, this.trigramCounts.at(number)];
      const isContained =
        (words[number] as number) > 0 &&
        [named.words.size, this.wordCounts.at(number)].includes(words[number] as number);
      const { name, numbers } = this.names[number] as OwnName;
      const isSimilar =
        both > 0 && both >= ALIKE_FROM * (own + named.trigrams.size - both) && numbers === named.numbers;
      // These are who may be; what they are is said in one place.
      if ((isContained || isSimilar) && likenessOf(knownOrganisation(name), named) === 'ALIKE')
        found.push(name);
    }
    if (this.alike.size >= MOST_KEPT) this.alike.clear();
    this.alike.set(named.name, found);
    return found;
  }

  /** How many of some words each name has. */
  private shared(postings: Postings, wanted: ReadonlySet<string>): Uint8Array {
    const counts = new Uint8Array(this.names.length);
    for (const each of wanted)
      for (const number of postings.get(each)?.view ?? []) counts[number] = (counts[number] as number) + 1;
    return counts;
  }
}

interface OwnName {
  readonly name: string;
  readonly numbers: string;
}

function post(postings: Postings, key: string, number: number): void {
  const own = postings.get(key) ?? growingWords();
  own.push(number);
  postings.set(key, own);
}
