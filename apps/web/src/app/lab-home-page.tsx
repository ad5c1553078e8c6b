import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../gql';
import type { LabHomeQuery } from '../gql/graphql';
import { money } from '../lib/money';
import { owedBy } from '../lib/lab-owed';
import { distance, moment } from '../lib/time';
import { useLabRights } from '../lib/viewer';
import { isShort, weeksLeftWords } from '../lib/weeks-left';
import { Figures } from '../ui/figures';
import { Notice } from '../ui/notice';
import { Empty, Page, Ready, Section } from '../ui/page';

const LabHome = graphql(`
  query LabHome($mayReadMoney: Boolean!) {
    myLab {
      id
      name
      state
    }
    homeForLab {
      id
      kind
      title
      sentence
      link
      since
      due
    }
    labBalances @include(if: $mayReadMoney) {
      currency
      weeksLeft
      weeksStopped
      available {
        minor
        currency
      }
      held {
        minor
        currency
      }
      invoiced {
        minor
        currency
      }
      lost {
        minor
        currency
      }
    }
    running: labEngagements(first: 1, state: "ACTIVE") {
      totalCount
    }
    openProjects: projects(first: 1, state: "OPEN") {
      totalCount
    }
  }
`);

type Waiting = LabHomeQuery['homeForLab'][number];

/** Kinds that stop work, first of all. */
const BAD = ['WEEK_UNFUNDED', 'LOW_FUNDS', 'LAB_REFUSED', 'PAYMENT_DISPUTED', 'DEBT_OWED'];
/** Kinds that wait for somebody else. */
const OUT = ['OFFER_OUT', 'INVITATION_OUT'];

/** What waits for the lab: bad news first, then what is due first; then what it has out. */
export function LabHomePage() {
  const { mayReadMoney } = useLabRights();
  const query = useQuery({ query: LabHome, variables: { mayReadMoney } });
  return (
    <Ready query={query} title="Your lab">
      {({ myLab, homeForLab: waiting, labBalances, running, openProjects }) => {
        const first = waiting.filter(({ kind }) => BAD.includes(kind));
        const out = waiting.filter(({ kind }) => OUT.includes(kind));
        const own = waiting.filter(({ kind }) => !BAD.includes(kind) && !OUT.includes(kind));
        return (
          <Page title="Your lab" about={`What waits for ${myLab.name}, what is due first on top.`}>
            {myLab.state === 'PENDING_VETTING' && (
              <Notice tone="warning">
                Your lab is not vetted yet, so you cannot publish. Write drafts and add funds meanwhile.{' '}
                <Link to="/lab/vetting">See where it stands</Link>
              </Notice>
            )}
            {first.map((item) => (
              <Notice key={item.id} tone="bad">
                <p>
                  <Link to={item.link}>{item.title}</Link>
                </p>
                <p>{item.sentence}</p>
              </Notice>
            ))}
            <Section title="Waits for you">
              {own.length === 0 ? (
                <NothingWaits hasProject={openProjects.totalCount > 0} />
              ) : (
                <List items={own} />
              )}
            </Section>
            {out.length > 0 && (
              <Section title="Waits for an expert">
                <List items={out} />
              </Section>
            )}
            <Section title="Where you stand">
              <Figures
                figures={[
                  { label: 'People at work', value: running.totalCount },
                  { label: 'Open projects', value: openProjects.totalCount },
                  ...(labBalances ?? []).flatMap(
                    ({ available, held, invoiced, lost, weeksLeft, weeksStopped }) => [
                      {
                        label: `Free, ${available.currency}`,
                        value: money(available),
                        about: `${money(held)} held, ${money(owedBy({ invoiced, lost }))} owed`,
                        tone: 'lab' as const,
                      },
                      {
                        label: `Weeks left, ${available.currency}`,
                        value: weeksLeftWords({ weeksLeft, weeksStopped }),
                        about: weeksStopped ?? undefined,
                        tone: isShort({ weeksLeft, weeksStopped }) ? ('bad' as const) : undefined,
                      },
                    ],
                  ),
                ]}
              />
            </Section>
          </Page>
        );
      }}
    </Ready>
  );
}

function NothingWaits({ hasProject }: { readonly hasProject: boolean }) {
  const { mayHire } = useLabRights();
  if (!mayHire) return <Empty>Nothing waits for you. What does comes here and by email.</Empty>;
  return hasProject ? (
    <Empty
      action={
        <Link className="button" to="/lab/projects">
          See who fits your openings
        </Link>
      }
    >
      Nothing waits for you. Weeks to review and applications to answer come here and by email.
    </Empty>
  ) : (
    <Empty
      action={
        <Link className="button main" to="/lab/projects/new">
          New project
        </Link>
      }
    >
      Nothing waits for you yet. Say what you want done: a draft costs nothing and shows its price first.
    </Empty>
  );
}

function List({ items }: { readonly items: readonly Waiting[] }) {
  return (
    <ul className="waiting">
      {items.map((item) => (
        <li key={item.id}>
          <div>
            <Link to={item.link}>{item.title}</Link>
            <div>{item.sentence}</div>
          </div>
          {item.due ? (
            <time dateTime={item.due} title={moment(item.due)}>
              due {distance(item.due)}
            </time>
          ) : (
            <time className="quiet" dateTime={item.since} title={moment(item.since)}>
              since {moment(item.since)}
            </time>
          )}
        </li>
      ))}
    </ul>
  );
}
