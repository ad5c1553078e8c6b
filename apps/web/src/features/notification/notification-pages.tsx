import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { moment } from '../../lib/words';
import { More } from '../../ui/more';
import { Empty, Page, Pending } from '../../ui/page';
import { useAction } from '../../ui/use-action';

const Notifications = graphql(`
  query Notifications($after: String) {
    notifications(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          title
          body
          link
          createdAt
          readAt
        }
      }
    }
  }
`);
const MarkRead = graphql(`
  mutation MarkRead($ids: [ID!]!) {
    markNotificationsRead(ids: $ids)
  }
`);
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

/** What happened that the person should know. */
export function NotificationsPage() {
  const [after, setAfter] = useState<string>();
  const [{ data, error }, reload] = useQuery({ query: Notifications, variables: { after } });
  const mark = useAction(MarkRead);
  if (!data) return <Pending error={error} retry={reload} />;
  const { edges, pageInfo, totalCount } = data.notifications;
  const unread = edges.filter(({ node }) => !node.readAt).map(({ node }) => node.id);
  const markAll = async () => {
    if (await mark.run({ ids: unread })) reload({ requestPolicy: 'network-only' });
  };
  return (
    <Page
      title="Notifications"
      action={
        unread.length > 0 && (
          <button type="button" className="button" onClick={() => void markAll()}>
            Mark these as read
          </button>
        )
      }
    >
      {edges.length === 0 && (
        <Empty>Nothing has happened yet. What needs you will be here and in your mail.</Empty>
      )}
      {edges.map(({ node }) => (
        <div className="sheet" key={node.id}>
          <strong>{node.title}</strong> {!node.readAt && <span className="tag wait">New</span>}
          <p>{node.body}</p>
          <a href={node.link}>Open</a> <span className="quiet">{moment(node.createdAt)}</span>
        </div>
      ))}
      <More pageInfo={pageInfo} total={totalCount} onPage={setAfter} />
    </Page>
  );
}

/** Mails that the product wrote; for admins. */
export function MailsPage() {
  const [after, setAfter] = useState<string>();
  const [{ data, error }, reload] = useQuery({ query: Mails, variables: { after } });
  if (!data) return <Pending error={error} retry={reload} />;
  const { edges, pageInfo, totalCount } = data.mails;
  return (
    <Page title="Mails">
      {edges.length === 0 && <Empty>No mail was written yet.</Empty>}
      {edges.map(({ node }) => (
        <details className="sheet" key={node.id}>
          <summary>
            {node.subject}{' '}
            <span className="quiet">
              to {node.toAddress}, {moment(node.createdAt)}, {node.state.toLowerCase()}
            </span>
          </summary>
          <pre>{node.body}</pre>
        </details>
      ))}
      <More pageInfo={pageInfo} total={totalCount} onPage={setAfter} />
    </Page>
  );
}
