import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OwnSearchesQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { HOW_OFTEN, LookAtSearch, OwnSearches } from '../../lib/searches';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { ProblemNotice } from '../../ui/notice';
import { Empty, Page, Ready } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const ChangeSearch = graphql(`
  mutation ChangeSearch($input: ChangeSearchInput!) {
    changeSearch(input: $input)
  }
`);
const ForgetSearch = graphql(`
  mutation ForgetSearch($id: ID!) {
    forgetSearch(id: $id)
  }
`);

type Search = OwnSearchesQuery['savedSearches'][number];

/** The searches that somebody keeps on this side: what is new in each, how often it tells, and how to end it. */
export function SavedSearchesPage() {
  const isLab = useLocation().pathname.startsWith('/lab');
  const query = useQuery({ query: OwnSearches });
  const [changed, setChanged] = useState<Search>();
  return (
    <Page
      title="Saved searches"
      about={
        isLab
          ? 'You are told when somebody new fits one of your openings as well as you asked.'
          : 'You are told when new work fits what you search for.'
      }
      action={<Link to="/notifications/emails">Which emails you get</Link>}
    >
      <Ready query={query}>
        {({ savedSearches }) => {
          const own = savedSearches.filter(({ openingId }) => (openingId !== null) === isLab);
          return own.length === 0 ? <None isLab={isLab} /> : <Table searches={own} onChange={setChanged} />;
        }}
      </Ready>
      {changed && <ChangePanel search={changed} onClose={() => setChanged(undefined)} />}
    </Page>
  );
}

function None({ isLab }: { readonly isLab: boolean }) {
  return isLab ? (
    <Empty action={<Link to="/lab/projects">Open your projects</Link>}>
      You keep no search. On the shortlist of an opening choose “Tell me of new candidates”.
    </Empty>
  ) : (
    <Empty action={<Link to="/expert/openings">Search openings</Link>}>
      You keep no search. Search the openings, then choose “Save this search”.
    </Empty>
  );
}

function Table({
  searches,
  onChange,
}: {
  readonly searches: readonly Search[];
  readonly onChange: (search: Search) => void;
}) {
  return (
    <DataTable
      label="Saved searches"
      rows={searches}
      keyOf={({ id }) => id}
      columns={[
        { id: 'name', header: 'Search', cell: (search) => <OpenLink search={search} /> },
        { id: 'what', header: 'Finds', cell: whatWords },
        {
          id: 'new',
          header: 'New',
          isFigure: true,
          cell: newWords,
        },
        { id: 'often', header: 'Tells you', cell: ({ howOften }) => oftenWords(howOften) },
        {
          id: 'change',
          header: 'Change',
          cell: (search) => (
            <Button weight="quiet" name={`Change the search ${search.name}`} onPress={() => onChange(search)}>
              Change
            </Button>
          ),
        },
      ]}
    />
  );
}

/** Opening a search counts what it found as looked at. */
function OpenLink({ search: { id, name, link } }: { readonly search: Search }) {
  const { run } = useAction(LookAtSearch);
  const navigate = useNavigate();
  return (
    <a
      href={link}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        void run({ id }).then(() => navigate({ to: link }));
      }}
    >
      {name}
    </a>
  );
}

function whatWords({ openingTitle, words, isEligible, leastScore }: Search): string {
  const fit = leastScore > 0 ? `fit of ${leastScore} or more` : '';
  if (openingTitle !== null) return [`Candidates for ${openingTitle}`, fit].filter(Boolean).join(', ');
  const kind =
    isEligible === null
      ? 'All openings'
      : isEligible
        ? 'Openings you can apply for'
        : 'Openings with something missing';
  return [kind, words && `“${words}”`, fit].filter(Boolean).join(', ');
}

/** What was found since the reader looked: what is new on the list, and what fits as well as asked only now. */
function newWords({ newCount, risenCount }: Search) {
  const words = [
    ...(newCount > 0 ? [`${newCount} new`] : []),
    ...(risenCount > 0 ? [`${risenCount} now ${risenCount === 1 ? 'fits' : 'fit'}`] : []),
  ].join(', ');
  return words ? <strong>{words}</strong> : 'Nothing new';
}

function oftenWords(code: string): string {
  return HOW_OFTEN.find(([each]) => each === code)?.[1] ?? code;
}

function ChangePanel({ search, onClose }: { readonly search: Search; readonly onClose: () => void }) {
  const { run, isSending, problem } = useAction(ForgetSearch);
  const form = useAppForm({
    values: { name: search.name, howOften: search.howOften },
    rules: rules.object({ name: said('Give it a name.', 60), howOften: rules.string() }),
    write: ChangeSearch,
    variables: (values) => ({ input: { ...values, id: search.id } }),
    onDone: () => {
      say('The search is changed.');
      onClose();
    },
  });
  const forget = async () => {
    if (!(await run({ id: search.id }))) return;
    say('The search is deleted.');
    onClose();
  };
  return (
    <Panel title={`Change the search ${search.name}`} isOpen onClose={onClose}>
      <Form form={form} button="Change search">
        <TextField form={form} name="name" label="Name" />
        <SelectField form={form} name="howOften" label="Tell me" options={HOW_OFTEN} />
      </Form>
      <ProblemNotice problem={problem} />
      <Button weight="danger" isSending={isSending} onPress={() => void forget()}>
        Delete search
      </Button>
    </Panel>
  );
}
