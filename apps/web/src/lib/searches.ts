import { graphql } from '../gql';

/** The searches that the reader keeps. */
export const OwnSearches = graphql(`
  query OwnSearches {
    savedSearches {
      id
      name
      openingId
      openingTitle
      words
      isEligible
      leastScore
      howOften
      newCount
      risenCount
      link
    }
  }
`);
/** Keeps a search. */
export const SaveSearch = graphql(`
  mutation SaveSearch($input: SaveSearchInput!) {
    saveSearch(input: $input)
  }
`);
/** Counts what a search found as looked at. */
export const LookAtSearch = graphql(`
  mutation LookAtSearch($id: ID!) {
    lookAtSearch(id: $id)
  }
`);

/** How often a search tells, in words. */
export const HOW_OFTEN = [
  ['AT_ONCE', 'At once'],
  ['DAILY', 'Once a day, by email'],
  ['NEVER', 'Never; I look myself'],
] as const;
