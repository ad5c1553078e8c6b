import { RUNGS, type Rung } from '@tallystick/domain';
import type { SaveProjectInput } from '../features/project/use-cases/save-project';
import { licenceOf } from './claims';
import type { Field, LabContent, Speciality } from './content';
import { inTurn, type Chance } from './random';

type Layer = SaveProjectInput['openings'][number];

/** A layer as it will be posted, with whom it is for. */
export interface PlannedLayer {
  readonly field: Field;
  readonly speciality: Speciality;
  readonly opening: Layer;
}

/** A project as it will be posted. */
export interface PlannedProject {
  readonly lab: LabContent;
  /** Week of the history in which it is published, from 0. */
  readonly week: number;
  readonly isDraft: boolean;
  readonly project: Omit<SaveProjectInput, 'openings' | 'idempotencyKey'>;
  readonly layers: readonly PlannedLayer[];
}

const LADDER = Object.keys(RUNGS) as Rung[];
const DAY_MS = 86_400_000;

/** Plans projects: two layers each, over the fields of each lab and every rung of the rate card. */
export function planProjects(
  labs: readonly LabContent[],
  fields: readonly Field[],
  count: number,
  weeks: number,
  monday: (week: number) => Date,
  chance: Chance,
): PlannedProject[] {
  const posting = labs.filter(({ fate }) => fate === 'VETTED');
  return Array.from({ length: count }, (_, number) => {
    const lab = inTurn(posting, number);
    const round = Math.floor(number / posting.length);
    const field = fields.find(({ id }) => id === inTurn(lab.fields, round)) ?? inTurn(fields, number);
    const speciality = inTurn(field.specialities, number + round);
    const week = round === 0 ? 0 : Math.min(weeks - 1, chance.between(1, weeks - 1));
    const isDraft = number === count - 1;
    const startsOn = dayOf(new Date(monday(week).getTime() + 7 * DAY_MS));
    const rung = LADDER[number % LADDER.length] ?? 'GENERALIST';
    const licence = licenceOf(speciality);
    const upper = licence && round === 0 ? 'CREDENTIALED' : rung;
    const lower = LADDER[(number + 3) % LADDER.length] ?? 'GENERALIST';
    const topic = chance.pick(speciality.topics);
    return {
      lab,
      week,
      isDraft,
      project: {
        title: `${topic.charAt(0).toUpperCase()}${topic.slice(1)}`,
        summary: `We train a model to reason about ${topic}. Experts in ${field.label.toLowerCase()} write, judge and correct its answers, and say what a good answer must contain.`,
        taskFamily: (upper === 'ENVIRONMENT_DESIGN'
          ? 'ENVIRONMENT'
          : field.family) as SaveProjectInput['taskFamily'],
        scarcity: upper === 'RARE' ? 'HIGH' : 'MEDIUM',
        sensitivity: field.id === 'medicine' && chance.happens(0.5) ? 'MEDIUM' : 'LOW',
        control: chance.pick(['LOW', 'MEDIUM']),
        unpaidParts: chance.happens(0.15)
          ? 'The first ten minutes, in which you read this page, are not paid.'
          : '',
        monitoring: chance.happens(0.3)
          ? 'The task page notes when an answer was opened and saved. Nothing else is recorded.'
          : '',
        contentWarning:
          field.id === 'data' && chance.happens(0.5) ? 'Some answers are meant to be harmful.' : '',
      },
      layers: [
        { field, speciality, opening: layerOf(lab, field, speciality, upper, startsOn, licence, chance) },
        {
          field,
          speciality: nextOf(field, speciality),
          opening: layerOf(lab, field, nextOf(field, speciality), lower, startsOn, undefined, chance),
        },
      ],
    };
  });
}

function nextOf(field: Field, speciality: Speciality): Speciality {
  return (
    field.specialities[(field.specialities.indexOf(speciality) + 1) % field.specialities.length] ?? speciality
  );
}

const TITLES: Record<Rung, (who: string, topic: string) => string> = {
  COMMODITY: (who, topic) => `Rate answers about ${topic}`,
  GENERALIST: (who, topic) => `Compare and correct answers about ${topic}`,
  SPECIALIST: (who, topic) => `${who}: judge answers about ${topic}`,
  CREDENTIALED: (who, topic) => `Licensed ${who.toLowerCase()}: review of ${topic}`,
  RARE: (who, topic) => `${who} with deep knowledge of ${topic}`,
  ENVIRONMENT_DESIGN: (who, topic) => `${who}: design tasks and graders on ${topic}`,
};

function layerOf(
  lab: LabContent,
  field: Field,
  speciality: Speciality,
  rung: Rung,
  startsOn: string,
  licence: ReturnType<typeof licenceOf>,
  chance: Chance,
): Layer {
  const topic = chance.pick(speciality.topics);
  const [needed = '', good = ''] = chance.some(speciality.skills, 2);
  const { minMinor, maxMinor } = RUNGS[rung];
  const credentials = rung === 'CREDENTIALED' && licence ? [{ type: licence, jurisdiction: null }] : [];
  return {
    title: TITLES[rung](speciality.title, topic).slice(0, 120),
    description: [
      `You read answers of a model about ${topic} and decide whether they are right, complete and safe to act on.`,
      `You need ${needed.toLowerCase()}; ${good.toLowerCase()} helps. ${field.label} is the field, and ${speciality.title.toLowerCase()} is what we mean by an expert here.`,
      'Reading the instructions, the first calibration and meetings are paid at the same rate.',
    ].join('\n\n'),
    rung,
    currency: lab.currency,
    rateMinMinor: String(minMinor),
    rateMaxMinor: String(maxMinor),
    seats: chance.between(3, 8),
    hoursPerWeek: chance.between(8, 16),
    weeks: chance.between(8, 16),
    startsOn,
    countries: credentials.length > 0 ? ['US'] : [],
    skills: [
      { label: needed, isRequired: true },
      { label: good, isRequired: rung !== 'COMMODITY' && rung !== 'GENERALIST' },
      { label: chance.pick(field.general), isRequired: false },
    ],
    credentials,
    languages: field.id === 'language' ? [{ language: 'English', level: 'C1' }] : [],
  };
}

/** A day as it is written: year-month-day. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
