import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';

const SkillsLike = graphql(`
  query SkillsLike($text: String!) {
    searchTaxonomy(text: $text, kind: "SKILL") {
      id
      label
    }
  }
`);

const seen = new Map<string, string>();

/** The concept of the taxonomy that a skill was chosen from; undefined where it was typed freely. */
export function conceptOf(label: string): string | undefined {
  return seen.get(label.toLowerCase());
}

/** Remembers the concept that a skill of a draft was chosen from. */
export function knowConcept(label: string, conceptId: string | null | undefined): void {
  if (conceptId) seen.set(label.toLowerCase(), conceptId);
}

/** Skills of the taxonomy that are like what is typed, asked for a moment after the last key. */
export function useSkillSuggestions(): {
  readonly suggestions: readonly string[];
  readonly onType: (text: string) => void;
} {
  const [typedText, setTyped] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const wait = setTimeout(() => setText(typedText.trim()), 200);
    return () => clearTimeout(wait);
  }, [typedText]);
  const [{ data }] = useQuery({ query: SkillsLike, variables: { text }, pause: text.length < 2 });
  const found = text.length < 2 ? [] : (data?.searchTaxonomy ?? []);
  for (const { id, label } of found) knowConcept(label, id);
  return { suggestions: found.map(({ label }) => label), onType: setTyped };
}
