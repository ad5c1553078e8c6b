import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { moment } from '../../lib/time';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';

const Mails = graphql(`
  query Mails($after: String) {
    mails(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          toAddress
          subject
          body
          state
          createdAt
        }
      }
    }
  }
`);

/** Mails that the product wrote; for admins. */
export function MailsPage() {
  const [{ after }, change] = useFilters({ after: '' });
  const query = useQuery({ query: Mails, variables: { after: after || null } });
  return (
    <Page
      title="Emails"
      about="What the product wrote. Without an email server they are kept here and go no further."
    >
      <Ready query={query}>
        {({ mails: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && <Empty>No email was written yet.</Empty>}
            {edges.map(({ node }) => (
              <details className="sheet" key={node.id}>
                <summary>
                  <span className="breakable">{node.subject}</span> <StateTag state={node.state} />{' '}
                  <span className="quiet breakable">
                    to {node.toAddress}, {moment(node.createdAt)}
                  </span>
                </summary>
                <pre>{node.body}</pre>
              </details>
            ))}
            {totalCount > 0 && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            )}
          </>
        )}
      </Ready>
    </Page>
  );
}
