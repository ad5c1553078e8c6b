import type { ExpertDocument, OpeningDocument } from '../documents';
import { Snapshot } from '../snapshot';
import { Shared } from './shared';
import { withoutNames } from './unnamed';

/** Somebody like an expert, with what the two share. */
export interface Similar {
  readonly expertId: string;
  /** What they share, in sentences; never none. */
  readonly shared: readonly string[];
}

/** Those with the most in common are compared: an index of so many is made within a moment. */
const MOST_COMPARED = 40;

/** What is known beside the documents. */
interface Known {
  /** The day from which a credential that has ended is none. */
  readonly now: Date;
  /** Where experts worked and studied, by their ids: it makes nobody like another. */
  readonly organisations?: OrganisationsById;
}

/** Names of organisations at which experts worked or studied, by the ids of the experts. */
export type OrganisationsById = Readonly<Record<string, readonly string[]>>;

/**
 * Who of some candidates is most like one of them, best first, ties by id: what the expert shows of their work is the question that
 * the index of the candidates answers. Only what both sides can read on a profile counts, and what they know and have done, not at
 * whose house: names of employers and schools are no likeness. Who shares nothing that could be named is left out. The same documents give the same answer.
 * @param candidates who may be named, the expert among them or not
 * @param most how many are named at most
 */
export function similarTo(
  expert: ExpertDocument,
  candidates: readonly ExpertDocument[],
  most: number,
  { now, organisations = {} }: Known,
): Similar[] {
  const labels = new Set([expert, ...candidates].flatMap(({ skills }) => skills.map(plain)));
  // What is somebody's skill is no name: Oracle, where it is known as a database.
  const namesOf = (id: string) => (organisations[id] ?? []).filter((name) => !labels.has(plain(name)));
  const others = candidates
    .filter(({ id }) => id !== expert.id)
    .map((other) => workOf(other, namesOf(other.id)));
  if (others.length === 0) return [];
  const own = workOf(expert, namesOf(expert.id));
  const shared = new Shared(own, others, now);
  const sentences = new Map(others.map((other) => [other.id, shared.with(other)]));
  // Sentences are longer the more they name.
  const wordsNamed = ({ id }: ExpertDocument) => (sentences.get(id) ?? []).join(' ').split(' ').length;
  const compared = others
    .filter(({ id }) => (sentences.get(id) ?? []).length > 0)
    .sort((a, b) => wordsNamed(b) - wordsNamed(a) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_COMPARED);
  if (compared.length === 0) return [];
  return new Snapshot(compared)
    .rank(questionOf(own))
    .slice(0, most)
    .map(({ expertId }) => ({ expertId, shared: sentences.get(expertId) ?? [] }));
}

/** What somebody shows of their work. Where and how they worked, what they ask for and when they are free make nobody like another. */
function workOf(expert: ExpertDocument, names: readonly string[]): ExpertDocument {
  const { id, textLanguage, skills, credentials } = expert;
  const unnamed = (text: string) => withoutNames(text, names);
  return {
    ...{ id, textLanguage, skills, credentials },
    ...{ headline: unnamed(expert.headline), bio: unnamed(expert.bio), titles: expert.titles.map(unnamed) },
    evidence: expert.evidence.map((item) => ({
      ...item,
      title: unnamed(item.title),
      text: unnamed(item.text),
    })),
    ...{ languages: [], country: null },
  };
}

/** The work of an expert as an opening would ask for it; it has no gates. */
function questionOf({
  id,
  textLanguage,
  headline,
  bio,
  titles,
  skills,
  evidence,
}: ExpertDocument): OpeningDocument {
  return {
    id,
    textLanguage,
    title: headline,
    description: [bio, ...evidence.flatMap(({ title, text }) => [title, text])].join('\n'),
    titles,
    skills: skills.map((label) => ({ label, isRequired: true })),
  };
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
