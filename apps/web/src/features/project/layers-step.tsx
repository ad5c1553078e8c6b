import { proposeLayers, type Level, type TaskFamily } from '@tallystick/domain';
import { Link, useNavigate } from '@tanstack/react-router';
import { useFieldArray, type FieldPath } from 'react-hook-form';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { LayerFields } from './layer-fields';
import { layerOf, LAYERS_RULES, newLayer, toOpeningInput, type LayersValues } from './layer-values';
import { rungName } from './project-words';
import { workOf, type Draft } from './work-step';

const SaveLayers = graphql(`
  mutation SaveProjectLayers($input: SaveProjectInput!) {
    saveProject(input: $input) {
      id
    }
  }
`);

/** The server's names of rate fields where the form holds what is typed. */
const RATE_FIELDS: Readonly<Record<string, FieldPath<LayersValues>>> = Object.fromEntries(
  Array.from({ length: 20 }, (_each, index) => index).flatMap((index) => [
    [`openings.${index}.rateMinMinor`, `openings.${index}.rateMin` as const],
    [`openings.${index}.rateMaxMinor`, `openings.${index}.rateMax` as const],
  ]),
) as Record<string, FieldPath<LayersValues>>;

/** Second step of a project: its layers, proposed from the first step. Saves the draft and shows its price. */
export function LayersStep({ draft }: { readonly draft: Draft }) {
  const navigate = useNavigate();
  const proposed = proposeLayers(draft.taskFamily as TaskFamily, { scarcity: draft.scarcity as Level });
  const isNew = draft.openings.length === 0;
  const form = useAppForm({
    values: { openings: isNew ? proposed.map(newLayer) : draft.openings.map(layerOf) } as LayersValues,
    rules: LAYERS_RULES,
    write: SaveLayers,
    variables: ({ openings }, idempotencyKey) => ({
      input: { ...workOf(draft), id: draft.id, openings: openings.map(toOpeningInput), idempotencyKey },
    }),
    fields: RATE_FIELDS,
    onDone: () => void navigate({ to: '/lab/projects/$id', params: { id: draft.id } }),
    keepAs: `project-layers-${draft.id}`,
  });
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: 'openings',
  });
  return (
    <>
      {isNew && (
        <Notice>
          <p>
            We propose {proposed.length === 1 ? 'one layer' : `${proposed.length} layers`}; change what you
            like:
          </p>
          <ul>
            {proposed.map(({ title, rung, reason }) => (
              <li key={title}>
                {title}, {rungName(rung).toLowerCase()} rates. {reason}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Form
        form={form}
        button="Save the draft and see its price"
        beside={
          <>
            <Button onPress={() => append(newLayer())}>Add a layer</Button>
            <Link to="/lab/projects/$id/edit" params={{ id: draft.id }}>
              Back to the work
            </Link>
          </>
        }
      >
        {fields.map((field, index) => (
          <LayerFields
            key={field.id}
            form={form}
            index={index}
            onRemove={fields.length > 1 ? () => remove(index) : undefined}
          />
        ))}
      </Form>
    </>
  );
}
