import { assessTime, besideDefaultWords, type TakeRateTerms } from '@tallystick/domain';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { PoliciesEverQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day, today } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { Notice } from '../../ui/notice';
import { Ready, Section } from '../../ui/page';
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
    defaults: takeRateHistory(first: 1, isInForce: true, scope: "DEFAULT") {
      edges {
        node {
          id
          words
          labFeePpm
          expertFeePpm
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
          labFeePpm
          expertFeePpm
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
type Default = PoliciesEverQuery['defaults']['edges'][number]['node'];

/** Every policy that ever was, with those in force marked. None is ever edited: a new one closes the one before. */
export function Policies() {
  const query = useQuery({ query: PoliciesEver });
  return (
    <Section title="Policies">
      <Ready query={query}>
        {({ inForce, defaults, takeRateHistory, labs }) => {
          const running = new Set(inForce.edges.map(({ node }) => node.id));
          const names = new Map(labs.edges.map(({ node }) => [node.id, node.name]));
          const rows = takeRateHistory.edges.map(({ node }) => node);
          const base = defaults.edges[0]?.node;
          return (
            <>
              <DefaultRate base={base} />
              {rows.length > 0 && <PolicyTable rows={rows} running={running} names={names} base={base} />}
            </>
          );
        }}
      </Ready>
    </Section>
  );
}

/** An amount of agreed pay to show a rate by: 100.00, minor units of a currency of two digits. */
const HUNDRED = 10_000n;

/** What holds wherever no narrower policy does, in a sentence and by an amount. */
function DefaultRate({ base }: { readonly base: Default | undefined }) {
  if (!base)
    return (
      <Notice tone="warning">
        No default is in force: where no narrower policy holds, nothing can be offered before one is set.
      </Notice>
    );
  const terms: TakeRateTerms = { ...base, rounding: 'HALF_EVEN' };
  const of = assessTime({ rateMinorPerHour: HUNDRED, seconds: 3600, terms });
  const usd = (minor: bigint) => money({ minor: minor.toString(), currency: 'USD' });
  return (
    <p>
      <strong>The default,</strong> which holds wherever no narrower policy does: {base.words} Of{' '}
      {usd(of.agreedMinor)} of agreed pay the lab pays {usd(of.priceMinor)}, the expert gets{' '}
      {usd(of.payMinor)}, and the platform keeps {usd(of.feeMinor)}.
    </p>
  );
}

function PolicyTable({
  rows,
  running,
  names,
  base,
}: {
  readonly rows: readonly Policy[];
  readonly running: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
  readonly base: Default | undefined;
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
        {
          id: 'words',
          header: 'What',
          cell: (policy) => (
            <>
              {policy.words}
              {base && policy.scope !== 'DEFAULT' && !isOver(policy) && (
                <div className="quiet">{besideDefaultWords(policy, base)}</div>
              )}
            </>
          ),
        },
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

/** True of a policy whose end has come. */
function isOver({ effectiveTo }: Policy): boolean {
  return effectiveTo !== null && effectiveTo !== undefined && effectiveTo <= today();
}

function PolicyState({
  policy,
  running,
}: {
  readonly policy: Policy;
  readonly running: ReadonlySet<string>;
}) {
  if (running.has(policy.id)) return <StateTag state="ACTIVE" text="In force" />;
  return isOver(policy) ? (
    <StateTag state="CLOSED" text="Over" />
  ) : (
    <StateTag state="WAITING" text="To come" />
  );
}
