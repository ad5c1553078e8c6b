import { useState } from 'react';
import { useQuery } from 'urql';
import { moment } from '../../lib/time';
import { useViewer } from '../../lib/viewer';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { Ready, Page, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Impact } from './impact';
import { AddModelForm, SwitchModelForm } from './model-forms';
import { Exposure, ModelFacts } from './model-facts';
import { ModelsOfMatching, type MatchModel, type MatchModelSwitch } from './model-query';

/** The model that weighs every fit: what it counts, how well it did, what there is beside it, and the way back. */
export function ModelPage() {
  const query = useQuery({ query: ModelsOfMatching });
  // The server decides again; no page offers what would be refused.
  const maySwitch = useViewer()?.staffRoles.includes('ADMIN') ?? false;
  const [isAdding, setAdding] = useState(false);
  const [chosen, choose] = useState<MatchModel>();
  return (
    <Page
      title="Model"
      about="What each part of a fit counts. Another model is learned from what labs did, added here, and put in force by two people; one person goes back to what was in force before."
      action={maySwitch && <Button onPress={() => setAdding(true)}>Add a model</Button>}
    >
      <Ready query={query}>
        {({ matchModels: { models, switches, exposure, impact } }) => (
          <>
            {models.slice(0, 1).map((model) => (
              <Section key={model.id} title={`In force: ${model.name}`}>
                <ModelFacts model={model} />
              </Section>
            ))}
            <Section title="How evenly experts are shown">
              <Exposure exposure={exposure} />
            </Section>
            <Section title="Whether groups fare alike">
              <Impact impact={impact} />
            </Section>
            <Section title="All models">
              <ModelTable models={models} maySwitch={maySwitch} onChoose={choose} />
            </Section>
            {switches.length > 0 && (
              <Section title="What was in force since when">
                <SwitchTable switches={switches} />
              </Section>
            )}
          </>
        )}
      </Ready>
      <Panel title="Add a model" isOpen={isAdding} onClose={() => setAdding(false)}>
        <AddModelForm onDone={() => setAdding(false)} />
      </Panel>
      {chosen && (
        <Panel title={chosen.name} isOpen onClose={() => choose(undefined)}>
          <ModelFacts model={chosen} />
          {maySwitch && !chosen.isInForce && (
            <SwitchModelForm model={chosen} onDone={() => choose(undefined)} />
          )}
        </Panel>
      )}
    </Page>
  );
}

function ModelTable({
  models,
  maySwitch,
  onChoose,
}: {
  readonly models: readonly MatchModel[];
  readonly maySwitch: boolean;
  readonly onChoose: (model: MatchModel) => void;
}) {
  return (
    <DataTable
      label="All models"
      rows={models}
      keyOf={({ id }) => id}
      columns={[
        { id: 'name', header: 'Model', cell: ({ name }) => name },
        { id: 'state', header: 'State', cell: (model) => <ModelState model={model} /> },
        {
          id: 'from',
          header: 'Added',
          cell: ({ addedByName, addedAt }) => `${addedByName ?? 'With a release'}, ${moment(addedAt)}`,
        },
        {
          id: 'look',
          header: 'Look',
          cell: (model) => (
            <Button weight="quiet" name={`Look at ${model.name}`} onPress={() => onChoose(model)}>
              {maySwitch ? lookWords(model) : 'Look'}
            </Button>
          ),
        },
      ]}
    />
  );
}

function lookWords({ isInForce, wasInForce, isAsked, isUsable }: MatchModel): string {
  if (isInForce || isAsked || !isUsable) return 'Look';
  return wasInForce ? 'Look, go back' : 'Look, put in force';
}

function ModelState({ model: { isInForce, isAsked, isUsable, wasInForce } }: { readonly model: MatchModel }) {
  if (!isUsable) return <StateTag state="FAILED" text="Not for this release" />;
  if (isInForce) return <StateTag state="ACTIVE" text="In force" />;
  if (isAsked) return <StateTag state="WAITING" text="Waits for approval" />;
  return <StateTag state="ENDED" text={wasInForce ? 'Was in force' : 'Never in force'} />;
}

const KINDS: Readonly<Record<string, string>> = {
  RELEASE: 'By the product',
  APPROVED: 'By two people',
  BACK: 'Gone back',
};

function SwitchTable({ switches }: { readonly switches: readonly MatchModelSwitch[] }) {
  return (
    <DataTable
      label="What was in force since when"
      rows={switches}
      keyOf={({ id }) => id}
      columns={[
        { id: 'at', header: 'Since', cell: ({ at }) => moment(at) },
        { id: 'model', header: 'Model', cell: ({ modelName }) => modelName },
        {
          id: 'by',
          header: 'By',
          cell: ({ kind, byName }) => [KINDS[kind] ?? kind, byName].filter(Boolean).join(': '),
        },
        { id: 'why', header: 'Why', cell: ({ reason }) => reason },
      ]}
    />
  );
}
