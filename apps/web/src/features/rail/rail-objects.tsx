import { useState } from 'react';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { moment } from '../../lib/time';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { FirstRows } from '../../ui/first-rows';
import { ProblemNotice } from '../../ui/notice';
import { Empty, Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { ACTIONS, OBJECTS, statusWords } from './rail-words';
import type { RailState } from './sandbox-page';

const ActAtRail = graphql(`
  mutation ActAtRail($action: String!, $objectId: String!) {
    actAtSandbox(action: $action, objectId: $objectId) {
      undeliveredEvents
    }
  }
`);

/** What is at the stand-in bank, each with what can be made to happen to it, and how it stands since. */
export function RailObjects({ state: { objects } }: { readonly state: RailState }) {
  const { run, isSending, problem } = useAction(ActAtRail);
  const act = async (action: string, objectId: string) => {
    if (await run({ action, objectId })) say('It happened. The message to the product is listed above.');
  };
  const [kind, setKind] = useState('');
  const chosen = objects.filter((each) => kind === '' || each.kind === kind);
  const kinds = Object.entries(OBJECTS).filter(([name]) => objects.some((each) => each.kind === name));
  return (
    <Section title="Make something happen">
      <ProblemNotice problem={problem} />
      {objects.length === 0 ? (
        <Empty>Nothing is there yet. A lab adds funds under Billing.</Empty>
      ) : (
        <>
          <FilterBar>
            <ChoiceFilter label="Show" value={kind} options={[['', 'All'], ...kinds]} onChange={setKind} />
          </FilterBar>
          <FirstRows key={kind} rows={chosen}>
            {(shown) => (
              <DataTable
                label="What is at the stand-in bank"
                rows={shown}
                keyOf={({ id }) => id}
                columns={[
                  {
                    id: 'what',
                    header: 'What',
                    cell: ({ id, kind, ownerName, createdAt }) => (
                      <>
                        {OBJECTS[kind] ?? kind}
                        {ownerName && `, ${ownerName}`} <span className="quiet">{moment(createdAt)}</span>
                        <div className="quiet code">{id}</div>
                      </>
                    ),
                  },
                  { id: 'status', header: 'How it stands', cell: ({ status }) => statusWords(status) },
                  {
                    id: 'amount',
                    header: 'Amount',
                    isFigure: true,
                    cell: ({ amount }) => amount && money(amount),
                  },
                  {
                    id: 'do',
                    header: 'Make it happen',
                    cell: ({ id, actions }) => (
                      <div className="row">
                        {actions.map((action) => (
                          <Button
                            key={action}
                            weight="plain"
                            isDisabled={isSending}
                            onPress={() => void act(action, id)}
                          >
                            {ACTIONS[action] ?? action}
                          </Button>
                        ))}
                      </div>
                    ),
                  },
                ]}
              />
            )}
          </FirstRows>
        </>
      )}
    </Section>
  );
}
