import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { JournalTable } from './journal-table';
import { Proof } from './proof';

const JournalTail = graphql(`
  query JournalTail {
    journal(first: 20) {
      edges {
        node {
          id
          at
          actorKind
          actorName
          labName
          expertName
          command
          subjectType
          subjectId
          fromState
          toState
          facts
          isSealed
        }
      }
    }
  }
`);

/** The button that proves the books, and what happened last. */
export function AuditPage() {
  const query = useQuery({ query: JournalTail });
  return (
    <Page title="Audit" about="Every cent and every change can be proven here, by anybody on the staff.">
      <Proof />
      <Section title="What happened last" action={<Link to="/admin/journal">Whole journal</Link>}>
        <Ready query={query}>
          {({ journal: { edges } }) =>
            edges.length === 0 ? (
              <Empty>Nothing was done yet. Each change writes one row here.</Empty>
            ) : (
              <JournalTable label="Newest rows of the journal" rows={edges.map(({ node }) => node)} />
            )
          }
        </Ready>
      </Section>
    </Page>
  );
}
