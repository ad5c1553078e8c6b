import { lazy, Suspense, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../gql';
import { countryName } from '../lib/countries';
import { SearchFilter } from './filters';

/** What one types into weighs as much as a page: it comes after the page. */
const PickFilter = lazy(() => import('./pick-filter').then((module) => ({ default: module.PickFilter })));

const ExpertsNamed = graphql(`
  query ExpertsNamed($part: String!) {
    expertsNamed(part: $part) {
      id
      displayName
      country
    }
  }
`);
const ChosenExpert = graphql(`
  query ChosenExpert($id: ID!) {
    expertProfile(id: $id) {
      id
      displayName
    }
  }
`);

/** Keeps only what is of one expert, found by name. The address holds the id. */
export function ExpertFilter({
  value,
  onChange,
}: {
  /** Id of the expert; empty for all. */
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const [part, setPart] = useState('');
  const asked = useSettled(part);
  const [{ data: chosen }] = useQuery({ query: ChosenExpert, variables: { id: value }, pause: value === '' });
  const [{ data: found }] = useQuery({
    query: ExpertsNamed,
    variables: { part: asked },
    pause: asked.trim().length < 2,
  });
  const options = (asked.trim().length < 2 ? [] : (found?.expertsNamed ?? [])).map(
    ({ id, displayName: name, country }) => ({ id, name, about: countryName(country) }),
  );
  const name = chosen?.expertProfile.displayName;
  return (
    <Suspense fallback={<SearchFilter label="Expert" value="" onChange={setPart} />}>
      <PickFilter
        label="Expert"
        chosen={value !== '' && name !== undefined ? { id: value, name } : undefined}
        options={options}
        onType={setPart}
        onChange={onChange}
      />
    </Suspense>
  );
}

/** What is typed, a moment after the last key. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const wait = setTimeout(() => settle(text), 200);
    return () => clearTimeout(wait);
  }, [text]);
  return settled;
}
