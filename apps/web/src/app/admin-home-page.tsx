import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../gql';
import type { WaitingForStaffQuery } from '../gql/graphql';
import { useViewer } from '../lib/viewer';
import { distance, moment } from '../lib/time';
import { counted } from '../lib/words';
import { Notice } from '../ui/notice';
import { Empty, Page, Ready, Section } from '../ui/page';

const WaitingForStaff = graphql(`
  query WaitingForStaff {
    homeForStaff {
      id
      kind
      title
      sentence
      link
      count
      since
      due
    }
  }
`);
const BooksState = graphql(`
  query BooksState {
    gated: payouts(first: 1, state: "GATED") {
      totalCount
    }
    proofs: journal(first: 1, command: "prove-books") {
      edges {
        node {
          id
          at
          actorName
          toState
        }
      }
    }
  }
`);

type Item = WaitingForStaffQuery['homeForStaff'][number];

/** Who reads the books. */
const READS_BOOKS = ['ADMIN', 'FINANCE', 'AUDITOR', 'TRUST'];
/** What is wrong goes before what only waits. */
const BAD_KINDS = ['BOOKS_UNSEALED', 'PAYOUT_FAILED', 'JOBS_FAILED'];

/** What waits for staff, by what the reader may do; what is wrong comes first. */
export function AdminHomePage() {
  const roles = useViewer()?.staffRoles ?? [];
  const query = useQuery({ query: WaitingForStaff });
  return (
    <Page title="Admin" about="What waits for you. What is wrong comes first, then what waits longest.">
      {roles.some((role) => READS_BOOKS.includes(role)) && <Books />}
      <Section title="Waits for you">
        <Ready query={query}>
          {({ homeForStaff: items }) =>
            items.length === 0 ? (
              <Empty>Nothing waits. An email comes when something does.</Empty>
            ) : (
              <ul className="waiting">
                {sorted(items).map((item) => (
                  <WaitingRow key={item.id} item={item} />
                ))}
              </ul>
            )
          }
        </Ready>
      </Section>
    </Page>
  );
}

function sorted(items: readonly Item[]): Item[] {
  const isBad = ({ kind }: Item) => (BAD_KINDS.includes(kind) ? 0 : 1);
  return items.toSorted((a, b) => isBad(a) - isBad(b) || a.since.localeCompare(b.since));
}

function WaitingRow({ item: { kind, title, sentence, link, since } }: { readonly item: Item }) {
  return (
    <li>
      <div>
        <Link to={link}>{title}</Link> {BAD_KINDS.includes(kind) && <span className="tag bad">Wrong</span>}
        <div className="quiet">{sentence}</div>
      </div>
      <time className="quiet" dateTime={since} title={moment(since)}>
        {distance(since)}
      </time>
    </li>
  );
}

/** When the books were proven last, and how many payouts a gate holds. */
function Books() {
  const query = useQuery({ query: BooksState });
  return (
    <Ready query={query}>
      {({ gated, proofs }) => (
        <>
          <Proof proof={proofs.edges[0]?.node} />
          {gated.totalCount > 0 && (
            <p>
              <Link to="/admin/payouts" search={{ state: 'GATED' } as never}>
                {counted(gated.totalCount, 'payout waits', 'payouts wait')} at a gate
              </Link>
              ; each says why and until when.
            </p>
          )}
        </>
      )}
    </Ready>
  );
}

interface ProofRow {
  readonly at: string;
  readonly actorName?: string | null;
  readonly toState?: string | null;
}

function Proof({ proof }: { readonly proof: ProofRow | undefined }) {
  const link = <Link to="/admin/audit">Prove the books</Link>;
  if (!proof)
    return (
      <Notice tone="warning">
        <p>The books were never proven here. {link}: it takes a moment.</p>
      </Notice>
    );
  const isProven = proof.toState === 'PROVEN';
  return (
    <Notice tone={isProven ? 'good' : 'bad'}>
      <p>
        {isProven ? 'The books were proven' : 'The books were not right when they were last looked at'}{' '}
        <time dateTime={proof.at} title={moment(proof.at)}>
          {distance(proof.at)}
        </time>
        {proof.actorName && ` by ${proof.actorName}`}. {link}
        {isProven ? ' again.' : ' to see each fault and what to do.'}
      </p>
    </Notice>
  );
}
