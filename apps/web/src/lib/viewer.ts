import { createContext, useContext } from 'react';
import { graphql } from '../gql';
import type { ViewerQuery as ViewerData } from '../gql/graphql';

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

/** The signed-in person: what they are on each side. */
export type Viewer = NonNullable<ViewerData['viewer']>;

export const ViewerContext = createContext<Viewer | null>(null);

/** The signed-in person, or null for a visitor. */
export const useViewer = () => useContext(ViewerContext);

/** The address where a person's own pages begin. */
export function homeOf(viewer: Viewer | null): string {
  if (!viewer) return '/sign-in';
  if (viewer.staffRoles.length > 0) return '/admin';
  if (viewer.labId) return '/lab';
  return viewer.expertId ? '/expert' : '/welcome';
}

/** Roles of a lab that read its money. */
export const READ_MONEY = ['OWNER', 'MANAGER', 'FINANCE'] as const;

/** What the signed-in person may do for their lab; the server decides again. */
export interface LabRights {
  /** Projects, invitations, offers, notice. */
  readonly mayHire: boolean;
  /** Weeks and shortlists. */
  readonly mayReview: boolean;
  /** The lab's money: balances, charged lines, statements, invoices, bonuses. A reviewer sees the weeks before them alone. */
  readonly mayReadMoney: boolean;
  /** Adds funds and takes them back. */
  readonly mayFund: boolean;
  /** Members, owners, competitors. */
  readonly mayManage: boolean;
}

/** What the signed-in person's role in their lab lets them do, so that no page offers what would be refused. */
export function useLabRights(): LabRights {
  const role = useViewer()?.labRole ?? '';
  const isOneOf = (...roles: string[]) => roles.includes(role);
  return {
    mayHire: isOneOf('OWNER', 'MANAGER'),
    mayReview: isOneOf('OWNER', 'MANAGER', 'REVIEWER'),
    mayReadMoney: isOneOf(...READ_MONEY),
    mayFund: isOneOf('OWNER', 'FINANCE'),
    mayManage: isOneOf('OWNER'),
  };
}

/** True where the signed-in person of staff sets take rates and moves money; the server decides again. */
export function useMaySetMoney(): boolean {
  const roles = useViewer()?.staffRoles ?? [];
  return roles.includes('FINANCE') || roles.includes('ADMIN');
}
