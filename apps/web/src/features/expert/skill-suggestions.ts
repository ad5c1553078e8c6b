import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';

const KnownSkills = graphql(`
  query KnownSkills($text: String!) {
    searchTaxonomy(text: $text, kind: "SKILL") {
      id
      label
    }
  }
`);

const concepts = new Map<string, string>();

/** Remembers which concept of the taxonomy a skill is. */
export function knowConcept(label: string, conceptId: string | null | undefined): void {
  if (conceptId) concepts.set(label.toLowerCase(), conceptId);
}

/** The concept that a skill was chosen from; null where it was typed freely. */
export const conceptOf = (label: string) => concepts.get(label.toLowerCase()) ?? null;

/** Skills of the taxonomy that are like what is typed, a moment after the last key. */
export function useKnownSkills(): {
  readonly suggestions: readonly string[];
  readonly onType: (text: string) => void;
} {
  const [typedText, onType] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const wait = setTimeout(() => setText(typedText.trim()), 200);
    return () => clearTimeout(wait);
  }, [typedText]);
  const [{ data }] = useQuery({ query: KnownSkills, variables: { text }, pause: text === '' });
  const found = text === '' ? [] : (data?.searchTaxonomy ?? []);
  useEffect(() => {
    for (const { id, label } of data?.searchTaxonomy ?? []) knowConcept(label, id);
  }, [data]);
  return { suggestions: found.map(({ label }) => label), onType };
}
