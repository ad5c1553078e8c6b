import { useQuery } from 'urql';
import { graphql } from '../gql';
import { ChoiceFilter } from './filters';

const LabsToFilterBy = graphql(`
  query LabsToFilterBy {
    labs(first: 100, state: "VETTED") {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

/** Labs to choose from, by id and name. */
export function useLabs(): readonly (readonly [string, string])[] {
  const [{ data }] = useQuery({ query: LabsToFilterBy });
  return data?.labs.edges.map(({ node }) => [node.id, node.name] as const) ?? [];
}

/** Keeps only what is of one lab. The address holds the id; one that is not in the list is kept to all the same. */
export function LabFilter({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const labs = useLabs();
  const isOther = value !== '' && !labs.some(([id]) => id === value);
  return (
    <ChoiceFilter
      label="Lab"
      value={value}
      options={[['', 'All labs'], ...labs, ...(isOther ? [[value, 'One lab'] as const] : [])]}
      onChange={onChange}
    />
  );
}
