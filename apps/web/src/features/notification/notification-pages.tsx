import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { NotificationsQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { distance, moment } from '../../lib/time';
import { Button } from '../../ui/button';
import { ProblemNotice } from '../../ui/notice';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
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

type Row = NotificationsQuery['notifications']['edges'][number]['node'];

/** What happened that the person should know, newest first. */
export function NotificationsPage() {
  const [{ after }, change] = useFilters({ after: '' });
  const query = useQuery({ query: Notifications, variables: { after: after || null } });
  const mark = useAction(MarkRead);
  const unread = query[0].data?.notifications.edges.filter(({ node }) => !node.readAt) ?? [];
  return (
    <Page
      title="Notifications"
      about="The same is in your email."
      action={
        <>
          <Link to="/notifications/emails">Which emails you get</Link>
          {unread.length > 0 && (
            <Button
              isSending={mark.isSending}
              onPress={() => void mark.run({ ids: unread.map(({ node }) => node.id) })}
            >
              Mark these as read
            </Button>
          )}
        </>
      }
    >
      <ProblemNotice problem={mark.problem} />
      <Ready query={query}>
        {({ notifications: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && (
              <Empty>Nothing has happened yet. What needs you will be here and in your email.</Empty>
            )}
            <ul className="waiting">
              {edges.map(({ node }) => (
                <NotificationRow key={node.id} row={node} />
              ))}
            </ul>
            {totalCount > 0 && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            )}
          </>
        )}
      </Ready>
    </Page>
  );
}

/** One notification; opening its page marks it as read. */
function NotificationRow({ row }: { readonly row: Row }) {
  const mark = useAction(MarkRead);
  const navigate = useNavigate();
  const open = async () => {
    if (!row.readAt) await mark.run({ ids: [row.id] });
    await navigate({ to: row.link });
  };
  return (
    <li>
      <div>
        <a
          href={row.link}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            void open();
          }}
        >
          {row.title}
        </a>{' '}
        {!row.readAt && <span className="tag wait">New</span>}
        <div>{row.body}</div>
      </div>
      <time className="quiet" dateTime={row.createdAt} title={moment(row.createdAt)}>
        {distance(row.createdAt)}
      </time>
    </li>
  );
}
