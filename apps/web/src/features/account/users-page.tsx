import { useQuery } from 'urql';
import { Link } from '@tanstack/react-router';
import { graphql } from '../../gql';
import type { UsersQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { day, distance } from '../../lib/time';
import { words } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { GrantRole } from './grant-role';
import { RevokeRole } from './revoke-role';

const Users = graphql(`
  query Users($after: String, $search: String, $role: String) {
    accounts(first: 50, after: $after, search: $search, role: $role) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          name
          email
          state
          createdAt
          lastSeenAt
          labId
          labName
          labRole
          expertId
          staffRoles
        }
      }
    }
  }
`);

type User = UsersQuery['accounts']['edges'][number]['node'];

const ROLES = [
  ['', 'Everybody'],
  ['STAFF', 'Staff'],
  ['LAB', 'Labs'],
  ['EXPERT', 'Experts'],
] as const;

/** Who has an account, and who works here. */
export function UsersPage() {
  const [{ after, search, role }, change] = useFilters({ after: '', search: '', role: '' });
  const query = useQuery({
    query: Users,
    variables: { after: after || null, search: search || null, role: role || null },
  });
  return (
    <Page
      title="Users"
      about="Who has an account here. Nobody can sign in as somebody else; what a person did stands in the journal."
    >
      <FilterBar>
        <SearchFilter label="Name or address" value={search} onChange={(next) => change({ search: next })} />
        <ChoiceFilter label="Who" value={role} options={ROLES} onChange={(next) => change({ role: next })} />
      </FilterBar>
      <Ready query={query}>
        {({ accounts: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && <Empty>Nobody fits. Take the filter away, or write a shorter part.</Empty>}
            {edges.length > 0 && <UserTable users={edges.map(({ node }) => node)} />}
            {totalCount > 0 && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            )}
          </>
        )}
      </Ready>
      <Section title="Give a staff role">
        <GrantRole />
      </Section>
    </Page>
  );
}

function UserTable({ users }: { readonly users: readonly User[] }) {
  return (
    <DataTable
      label="Accounts"
      rows={users}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'name',
          header: 'Name',
          cell: ({ name, email, state }) => (
            <>
              {name} {state !== 'ACTIVE' && <StateTag state={state} />}
              <div className="quiet">{email}</div>
            </>
          ),
        },
        { id: 'is', header: 'Is here as', cell: (user) => <Standing user={user} /> },
        { id: 'since', header: 'Since', cell: ({ createdAt }) => day(createdAt) },
        {
          id: 'seen',
          header: 'Last seen',
          cell: ({ lastSeenAt }) => (lastSeenAt ? distance(lastSeenAt) : 'Not signed in'),
        },
        {
          id: 'did',
          header: 'Did',
          cell: ({ id, name }) => (
            <Link
              to="/admin/journal"
              search={{ actor: id } as never}
              aria-label={`In the journal: what ${name} did`}
            >
              In the journal
            </Link>
          ),
        },
      ]}
    />
  );
}

function Standing({ user }: { readonly user: User }) {
  const { labName, labRole, labId, expertId, staffRoles } = user;
  return (
    <>
      {labId && (
        <div>
          {labRole && words(labRole)} of{' '}
          <Link to="/admin/labs/$id" params={{ id: labId }}>
            {labName}
          </Link>
        </div>
      )}
      {expertId && <div>Expert</div>}
      {staffRoles.map((role) => (
        <RevokeRole key={role} user={user} role={role} />
      ))}
      {!labId && !expertId && staffRoles.length === 0 && 'Nothing yet'}
    </>
  );
}
