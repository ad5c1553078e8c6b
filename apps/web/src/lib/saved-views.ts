import { graphql } from '../gql';

/** Views of a list that the reader may see. */
export const SavedViews = graphql(`
  query SavedViews($list: String!) {
    savedViews(list: $list) {
      id
      name
      search
      isShared
      isOwn
    }
  }
`);
/** Keeps a list as it is filtered. */
export const SaveView = graphql(`
  mutation SaveView($input: SaveViewInput!) {
    saveView(input: $input)
  }
`);
/** Renames or shares one's own view. */
export const ChangeView = graphql(`
  mutation ChangeView($input: ChangeViewInput!) {
    changeView(input: $input)
  }
`);
/** Forgets one's own view. */
export const ForgetView = graphql(`
  mutation ForgetView($id: ID!) {
    forgetView(id: $id)
  }
`);
