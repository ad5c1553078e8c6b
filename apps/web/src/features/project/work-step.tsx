import { LEVELS, recommendChannel, TASK_FAMILIES, type Level } from '@tallystick/domain';
import { useNavigate } from '@tanstack/react-router';
import { useWatch } from 'react-hook-form';
import { graphql } from '../../gql';
import type { ProjectDraftQuery } from '../../gql/graphql';
import { useAppForm, type AppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { words } from '../../lib/words';
import { LongTextField, SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { layerOf, toOpeningInput } from './layer-values';
import { channelName } from './project-words';

const SaveWork = graphql(`
  mutation SaveProjectWork($input: SaveProjectInput!) {
    saveProject(input: $input) {
      id
    }
  }
`);

export type Draft = ProjectDraftQuery['project'];

interface WorkValues {
  readonly title: string;
  readonly summary: string;
  readonly taskFamily: string;
  readonly scarcity: string;
  readonly sensitivity: string;
  readonly control: string;
  readonly unpaidParts: string;
  readonly monitoring: string;
  readonly contentWarning: string;
}

const EMPTY: WorkValues = {
  title: '',
  summary: '',
  taskFamily: 'REASONING',
  scarcity: 'MEDIUM',
  sensitivity: 'LOW',
  control: 'LOW',
  unpaidParts: '',
  monitoring: '',
  contentWarning: '',
};
const RULES = rules.object({
  title: said('Give the project a title.', 120),
  summary: said('Say in a sentence what it is about.', 4000),
  taskFamily: rules.string(),
  scarcity: rules.string(),
  sensitivity: rules.string(),
  control: rules.string(),
  unpaidParts: rules.string(),
  monitoring: rules.string(),
  contentWarning: rules.string(),
});

/** What a project says about its work, without its layers. */
export function workOf(draft: Draft): WorkValues {
  const { title, summary, taskFamily, scarcity, sensitivity, control } = draft;
  const { unpaidParts, monitoring, contentWarning } = draft;
  return {
    title,
    summary,
    taskFamily,
    scarcity,
    sensitivity,
    control,
    unpaidParts,
    monitoring,
    contentWarning,
  };
}

/** First step of a project: the work, the three axes, what is said before anyone applies. Saves the draft. */
export function WorkStep({ draft }: { readonly draft?: Draft }) {
  const navigate = useNavigate();
  const form = useAppForm({
    values: draft ? workOf(draft) : EMPTY,
    rules: RULES,
    write: SaveWork,
    variables: (values, idempotencyKey) => ({
      input: {
        ...values,
        id: draft?.id ?? null,
        openings: (draft?.openings ?? []).map((opening) => toOpeningInput(layerOf(opening))),
        idempotencyKey,
      },
    }),
    onDone: ({ saveProject: { id } }) =>
      void navigate({ to: '/lab/projects/$id/edit', params: { id }, search: { step: 'layers' } as never }),
    keepAs: `project-work-${draft?.id ?? 'new'}`,
  });
  return (
    <Form form={form} button="Save and go on to layers">
      <TextField form={form} name="title" label="Title" />
      <LongTextField
        form={form}
        name="summary"
        label="What it is about"
        hint="Experts read it before they apply."
      />
      <SelectField
        form={form}
        name="taskFamily"
        label="Kind of work"
        options={Object.entries(TASK_FAMILIES)}
      />
      <fieldset>
        <legend>Three questions that point to a channel</legend>
        <div className="grid">
          <SelectField form={form} name="scarcity" label="How rare are the people?" options={SCARCITY} />
          <SelectField
            form={form}
            name="sensitivity"
            label="How sensitive is the data?"
            options={LEVEL_OPTIONS}
          />
          <SelectField
            form={form}
            name="control"
            label="How closely will you steer?"
            options={LEVEL_OPTIONS}
          />
        </div>
        <Advice form={form} />
      </fieldset>
      <fieldset>
        <legend>Said before anyone applies</legend>
        <TextField
          form={form}
          name="unpaidParts"
          label="What is not paid"
          hint="Leave it empty where all time is paid. What is not said here is paid."
        />
        <TextField
          form={form}
          name="monitoring"
          label="What is monitored"
          hint="Leave it empty where nothing is."
        />
        <TextField
          form={form}
          name="contentWarning"
          label="What may be hard to look at"
          hint="Leave it empty where nothing is."
        />
      </fieldset>
    </Form>
  );
}

const LEVEL_OPTIONS = LEVELS.map((level) => [level, words(level)] as const);
const SCARCITY = [
  ['LOW', 'Many can do it'],
  ['MEDIUM', 'People of a field can'],
  ['HIGH', 'Few in the world can'],
] as const;

/** The channel that the answers point to, and why; changes with them. */
function Advice({ form }: { readonly form: AppForm<WorkValues> }) {
  const [scarcity, sensitivity, control] = useWatch({
    control: form.control,
    name: ['scarcity', 'sensitivity', 'control'],
  }) as Level[];
  if (!scarcity || !sensitivity || !control) return null;
  const { channel, reasons } = recommendChannel({ scarcity, sensitivity, control });
  return (
    <div role="status">
      <p>
        We recommend: <strong>{channelName(channel)}</strong>
      </p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
}
