import { CHANNELS, LEVELS, recommendChannel, RUNGS, TASK_FAMILIES, type Level } from '@tallystick/domain';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { newKey, words } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { More } from '../../ui/more';
import { Empty, Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { Tally } from '../../ui/tally';
import { useAction } from '../../ui/use-action';
import { LayerFields, newLayer, toOpeningInput, type LayerValues } from './layer-fields';

const Projects = graphql(`
  query Projects($after: String, $search: String) {
    projects(first: 20, after: $after, search: $search) {
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
          taskFamily
          state
          createdAt
        }
      }
    }
  }
`);
const OneProject = graphql(`
  query OneProject($id: ID!) {
    project(id: $id) {
      id
      title
      summary
      state
      channel
      taskFamily
      openings {
        id
        title
        rung
        state
        seats
        seatsFilled
        hoursPerWeek
        weeks
        rateMin {
          minor
          currency
        }
        rateMax {
          minor
          currency
        }
        rateAdvice
        takeRateExplanation
        hourAtMax {
          price {
            minor
            currency
          }
          pay {
            minor
            currency
          }
          fee {
            minor
            currency
          }
        }
        wholeAtMax {
          price {
            minor
            currency
          }
          pay {
            minor
            currency
          }
          fee {
            minor
            currency
          }
        }
      }
    }
  }
`);
const Save = graphql(`
  mutation SaveProject($input: SaveProjectInput!) {
    saveProject(input: $input) {
      id
    }
  }
`);
const Publish = graphql(`
  mutation PublishProject($id: ID!, $key: String!) {
    publishProject(id: $id, idempotencyKey: $key) {
      id
    }
  }
`);

/** The lab's projects. */
export function ProjectsPage() {
  const [after, setAfter] = useState<string>();
  const [search, setSearch] = useState('');
  const [{ data, error }, reload] = useQuery({
    query: Projects,
    variables: { after, search: search || null },
  });
  return (
    <Page
      title="Projects"
      action={
        <Link className="button main" to="/lab/projects/new">
          New project
        </Link>
      }
    >
      <Field label="Search" name="search" value={search} onChange={setSearch} />
      {!data ? (
        <Pending error={error} retry={reload} />
      ) : (
        <>
          {data.projects.edges.length === 0 && (
            <Empty>
              No project yet. A project has one or more layers, each priced to its real difficulty.
            </Empty>
          )}
          {data.projects.edges.length > 0 && (
            <table className="table">
              <thead>
                <tr>
                  <th>Title</th>
                  <th>Kind</th>
                  <th>Since</th>
                  <th>State</th>
                </tr>
              </thead>
              <tbody>
                {data.projects.edges.map(({ node }) => (
                  <tr key={node.id}>
                    <td data-label="Title">
                      <Link to="/lab/projects/$id" params={{ id: node.id }}>
                        {node.title}
                      </Link>
                    </td>
                    <td data-label="Kind">{TASK_FAMILIES[node.taskFamily as keyof typeof TASK_FAMILIES]}</td>
                    <td data-label="Since">{day(node.createdAt)}</td>
                    <td data-label="State">
                      <StateTag state={node.state} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <More pageInfo={data.projects.pageInfo} total={data.projects.totalCount} onPage={setAfter} />
        </>
      )}
    </Page>
  );
}

const LEVEL_OPTIONS = LEVELS.map((level) => [level, words(level)] as const);

/** A new project: axes, channel, layers with their price. */
export function NewProjectPage() {
  const [values, set] = useState({
    title: '',
    summary: '',
    taskFamily: 'REASONING',
    scarcity: 'MEDIUM',
    sensitivity: 'LOW',
    control: 'LOW',
    unpaidParts: '',
    monitoring: '',
    contentWarning: '',
  });
  const [layers, setLayers] = useState<LayerValues[]>([
    newLayer('GENERALIST', '25', '35'),
    newLayer('CREDENTIALED', '100', '150'),
  ]);
  const [key] = useState(newKey);
  const navigate = useNavigate();
  const { run, isSending, problem } = useAction(Save);
  const field = (name: keyof typeof values) => ({
    name,
    value: values[name],
    problem,
    onChange: (value: string) => set({ ...values, [name]: value }),
  });
  const advice = recommendChannel({
    scarcity: values.scarcity as Level,
    sensitivity: values.sensitivity as Level,
    control: values.control as Level,
  });
  const send = async () => {
    const saved = await run({
      input: { ...values, openings: layers.map(toOpeningInput), idempotencyKey: key },
    });
    if (saved) await navigate({ to: '/lab/projects/$id', params: { id: saved.saveProject.id } });
  };
  return (
    <Page title="New project">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ProblemNotice problem={problem} />
        <Field label="Title" {...field('title')} />
        <Field label="What it is about" isLong {...field('summary')} />
        <Field label="Kind of work" options={Object.entries(TASK_FAMILIES)} {...field('taskFamily')} />
        <fieldset>
          <legend>Three questions that point to a channel</legend>
          <div className="grid">
            <Field label="How rare are the people?" options={LEVEL_OPTIONS} {...field('scarcity')} />
            <Field label="How sensitive is the data?" options={LEVEL_OPTIONS} {...field('sensitivity')} />
            <Field label="How closely will you steer?" options={LEVEL_OPTIONS} {...field('control')} />
          </div>
          <p role="status">
            <strong>{CHANNELS[advice.channel]}.</strong> {advice.reasons.join(' ')}
          </p>
        </fieldset>
        <fieldset>
          <legend>Said before anyone applies</legend>
          <Field
            label="What is not paid"
            hint="Empty means that all time is paid."
            {...field('unpaidParts')}
          />
          <Field label="What is monitored" hint="Empty means nothing." {...field('monitoring')} />
          <Field
            label="What may be hard to look at"
            hint="Empty means nothing."
            {...field('contentWarning')}
          />
        </fieldset>
        {layers.map((layer, index) => (
          <LayerFields
            key={layer.key}
            index={index}
            layer={layer}
            problem={problem}
            onChange={(next) => setLayers(layers.map((each, at) => (at === index ? next : each)))}
            onRemove={
              layers.length > 1 ? () => setLayers(layers.filter((_each, at) => at !== index)) : undefined
            }
          />
        ))}
        <div className="row">
          <button
            type="button"
            className="button"
            onClick={() => setLayers([...layers, newLayer('SPECIALIST', '40', '60')])}
          >
            Add a layer
          </button>
          <button className="button main" disabled={isSending}>
            {isSending ? 'Saving' : 'Save the draft and see its price'}
          </button>
        </div>
      </form>
    </Page>
  );
}

/** One project with its layers and what they cost. */
export function ProjectPage() {
  const { id } = useParams({ strict: false });
  const [{ data, error }, reload] = useQuery({ query: OneProject, variables: { id: id ?? '' } });
  const publish = useAction(Publish);
  if (!data) return <Pending error={error} retry={reload} />;
  const { project } = data;
  const send = async () => {
    if (await publish.run({ id: project.id, key: newKey() })) reload({ requestPolicy: 'network-only' });
  };
  return (
    <Page
      title={project.title}
      action={
        project.state === 'DRAFT' && (
          <button
            type="button"
            className="button main"
            disabled={publish.isSending}
            onClick={() => void send()}
          >
            Publish
          </button>
        )
      }
    >
      <p>
        <StateTag state={project.state} /> {CHANNELS[project.channel as keyof typeof CHANNELS]} ·{' '}
        {project.summary}
      </p>
      <ProblemNotice problem={publish.problem} />
      {project.openings.map((opening) => (
        <section className="sheet" key={opening.id}>
          <h2>
            {project.state === 'DRAFT' ? (
              opening.title
            ) : (
              <Link to="/lab/openings/$id" params={{ id: opening.id }}>
                {opening.title}
              </Link>
            )}{' '}
            <StateTag state={opening.state} />
          </h2>
          <p>
            {RUNGS[opening.rung as keyof typeof RUNGS].label}: {money(opening.rateMin)} to{' '}
            {money(opening.rateMax)} an hour, {opening.seats} seats ({opening.seatsFilled} taken),{' '}
            {opening.hoursPerWeek} hours a week for {opening.weeks} weeks. {opening.rateAdvice}
          </p>
          <h3>One hour at the upper end</h3>
          <Tally tally={opening.hourAtMax} />
          <h3>All seats, hours and weeks at the upper end</h3>
          <Tally tally={opening.wholeAtMax} />
          <p className="quiet">{opening.takeRateExplanation}</p>
        </section>
      ))}
    </Page>
  );
}
