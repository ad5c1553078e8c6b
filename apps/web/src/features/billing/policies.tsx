import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { PoliciesEverQuery } from '../../gql/graphql';
import { day, today } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { Empty, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';

const PoliciesEver = graphql(`
  query PoliciesEver {
    inForce: takeRateHistory(first: 100, isInForce: true) {
      edges {
        node {
          id
        }
      }
    }
    takeRateHistory(first: 100) {
      edges {
        node {
          id
          scope
          labId
          words
          createdByName
          effectiveFrom
          effectiveTo
          reason
        }
      }
    }
    labs(first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

const SCOPES: Readonly<Record<string, string>> = {
  PROMO: 'a promotion',
  PROJECT: 'for one project',
  LAB_EXPERT: 'for one expert',
};

type Policy = PoliciesEverQuery['takeRateHistory']['edges'][number]['node'];

/** Every policy that ever was, with those in force marked. None is ever edited: a new one closes the one before. */
export function Policies() {
  const query = useQuery({ query: PoliciesEver });
  return (
    <Section title="Policies">
      <Ready query={query}>
        {({ inForce, takeRateHistory, labs }) => {
          const running = new Set(inForce.edges.map(({ node }) => node.id));
          const names = new Map(labs.edges.map(({ node }) => [node.id, node.name]));
          const rows = takeRateHistory.edges.map(({ node }) => node);
          return rows.length === 0 ? (
            <Empty>No policy was set. Nothing can be offered before there is one.</Empty>
          ) : (
            <PolicyTable rows={rows} running={running} names={names} />
          );
        }}
      </Ready>
    </Section>
  );
}

function PolicyTable({
  rows,
  running,
  names,
}: {
  readonly rows: readonly Policy[];
  readonly running: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
}) {
  return (
    <DataTable
      label="Take-rate policies"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'for',
          header: 'For',
          cell: ({ scope, labId }) => (
            <>
              {labId ? (names.get(labId) ?? 'One lab') : 'Everybody'}
              {SCOPES[scope] && <div className="quiet">{SCOPES[scope]}</div>}
            </>
          ),
        },
        { id: 'state', header: 'State', cell: (policy) => <PolicyState policy={policy} running={running} /> },
        { id: 'from', header: 'From', cell: ({ effectiveFrom }) => day(effectiveFrom) },
        {
          id: 'to',
          header: 'Until',
          cell: ({ effectiveTo }) => (effectiveTo ? day(effectiveTo) : 'Until another is set'),
        },
        { id: 'words', header: 'What', cell: ({ words }) => words },
        {
          id: 'why',
          header: 'Why, and who',
          cell: ({ reason, createdByName }) => (
            <>
              {reason} <div className="quiet">{createdByName ?? 'From the beginning'}</div>
            </>
          ),
        },
      ]}
    />
  );
}

function PolicyState({
  policy: { id, effectiveTo },
  running,
}: {
  readonly policy: Policy;
  readonly running: ReadonlySet<string>;
}) {
  if (running.has(id)) return <StateTag state="ACTIVE" text="In force" />;
  const isOver = effectiveTo !== null && effectiveTo !== undefined && effectiveTo <= today();
  return isOver ? <StateTag state="CLOSED" text="Over" /> : <StateTag state="WAITING" text="To come" />;
}
