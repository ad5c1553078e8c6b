import { createContext, useContext } from 'react';
import { graphql } from '../gql';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      id
      name
      email
      labId
      labRole
      expertId
      staffRoles
    }
  }
`);

export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly labId?: string | null;
  readonly labRole?: string | null;
  readonly expertId?: string | null;
  readonly staffRoles: readonly string[];
}

export const ViewerContext = createContext<{ viewer: Viewer | null; reload: () => void }>({
  viewer: null,
  reload: () => undefined,
});

/** The signed-in person. */
export const useViewer = () => useContext(ViewerContext);
